//! The languages of the panel. The texts of each are one constant of [`Texts`] in `locales/`.

use super::texts::Texts;

#[path = "../../locales/en-US.rs"]
mod en_us;
#[path = "../../locales/zh-CN.rs"]
mod zh_cn;

/// A language of the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// English, for every language that the panel does not speak.
    #[default]
    EnUs,
    /// Chinese.
    ZhCn,
}

impl Locale {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::EnUs, Self::ZhCn];

    /// The language for a BCP 47 tag, by its primary subtag: `zh`, `zh-CN`, `zh_Hans` … are Chinese.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Self::ZhCn } else { Self::EnUs }
    }

    /// The language tag, for `lang` and `Accept-Language`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::EnUs => "en-US",
            Self::ZhCn => "zh-CN",
        }
    }

    /// The words.
    #[must_use]
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::EnUs => &en_us::TEXTS,
            Self::ZhCn => &zh_cn::TEXTS,
        }
    }
}
