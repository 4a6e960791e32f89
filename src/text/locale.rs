//! The languages of the panel. The texts of each are a file in `locales/`.

use std::sync::OnceLock;

use super::texts::{EN_US, EN_US_LATER, LaterTexts, Source, Texts, ZH_CN, ZH_CN_LATER};

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
    ///
    /// # Panics
    /// In a release, if nobody has [added](Self::add_texts) them.
    #[must_use]
    pub fn texts(self) -> &'static Texts {
        let (texts, source) = self.kept();
        texts.get_or_init(|| source.compiled_in().unwrap_or_else(|| unreachable!("{} has no texts yet", self.tag())))
    }

    /// Takes the texts in this language, as the build wrote them into a file. Returns whether there are texts now: those of another build
    /// are not taken.
    pub fn add_texts(self, lines: String) -> bool {
        let (texts, _) = self.kept();
        texts.get().is_some() || self.read(lines).is_some_and(|read| texts.set(read).is_ok())
    }

    /// The texts that `lines` hold; `None` if they are of another build.
    #[must_use]
    pub fn read(self, lines: String) -> Option<Texts> {
        self.kept().1.read(lines)
    }

    /// The texts that are there, and what they are made of.
    fn kept(self) -> (&'static OnceLock<Texts>, Source) {
        static ENGLISH: OnceLock<Texts> = OnceLock::new();
        static CHINESE: OnceLock<Texts> = OnceLock::new();
        match self {
            Self::EnUs => (&ENGLISH, EN_US),
            Self::ZhCn => (&CHINESE, ZH_CN),
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
