//! The languages of the panel. The texts of each are a file in `locales/`.

use super::texts::{EN_US, EN_US_LATER, LaterTexts, Texts, ZH_CN, ZH_CN_LATER};

/// A language of the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// English, also for languages that the panel does not have.
    #[default]
    EnUs,
    /// Chinese.
    ZhCn,
}

impl Locale {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::EnUs, Self::ZhCn];

    /// The language for a BCP 47 tag. Only the primary subtag counts: `zh`, `zh-CN`, `zh_Hans` … are Chinese.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Self::ZhCn } else { Self::EnUs }
    }

    /// The BCP 47 tag, for `lang` and `Accept-Language`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::EnUs => "en-US",
            Self::ZhCn => "zh-CN",
        }
    }

    /// The texts in this language.
    #[must_use]
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::EnUs => &EN_US,
            Self::ZhCn => &ZH_CN,
        }
    }

    /// The texts in this language, with those that only the second wasm file shows. Whoever calls it should be in that file.
    #[must_use]
    pub fn later_texts(self) -> &'static LaterTexts {
        match self {
            Self::EnUs => &EN_US_LATER,
            Self::ZhCn => &ZH_CN_LATER,
        }
    }
}
