//! Light or dark.

use web_sys::HtmlElement;

use super::config::Theme;

/// Whether the panel is dark; `None` where it follows the page's `color-scheme`, which it inherits.
#[must_use]
pub fn dark(host: &HtmlElement, theme: Theme) -> Option<bool> {
    match theme {
        Theme::Light => Some(false),
        Theme::Dark => Some(true),
        Theme::Auto => {
            let nearest = host.closest("[data-theme]").ok().flatten()?.get_attribute("data-theme")?;
            match nearest.as_str() {
                "dark" => Some(true),
                "light" => Some(false),
                _ => None,
            }
        }
    }
}
