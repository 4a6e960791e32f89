//! The stylesheets of the shadow root. They are compiled in without comments and indentation, which are half a kilobyte of every
//! download.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::ShadowRoot;

/// `style/panel.css`, squeezed.
pub const CSS: &str = text(&PANEL, PANEL_SOURCE);
/// `style/later.css`, squeezed: what only the parts that come from the second wasm file need.
pub const LATER_CSS: &str = text(&LATER, LATER_SOURCE);

const PANEL_SOURCE: &str = include_str!("../../style/panel.css");
static PANEL_PADDED: ([u8; PANEL_SOURCE.len()], usize) = squeeze(PANEL_SOURCE.as_bytes());
static PANEL: [u8; PANEL_PADDED.1] = head(&PANEL_PADDED.0);

const LATER_SOURCE: &str = include_str!("../../style/later.css");
static LATER_PADDED: ([u8; LATER_SOURCE.len()], usize) = squeeze(LATER_SOURCE.as_bytes());
static LATER: [u8; LATER_PADDED.1] = head(&LATER_PADDED.0);

#[wasm_bindgen(module = "/src/view/styles.js")]
extern "C" {
    /// Makes `root` adopt the stylesheet of `css`, if it has not.
    #[wasm_bindgen(js_name = adoptStyles)]
    pub fn adopt_styles(root: &ShadowRoot, css: &str);
    /// Makes `root` adopt its stylesheets as its document and its colours want them now.
    pub fn restyle(root: &ShadowRoot);
}

const fn text<'a>(squeezed: &'a [u8], source: &'a str) -> &'a str {
    match str::from_utf8(squeezed) {
        Ok(css) => css,
        Err(_) => source,
    }
}

/// Leaves out comments and the white space that says nothing, at compile time. The rest of the array is padding; the number is the length.
/// Good enough for a sheet whose strings hold neither.
#[expect(clippy::indexing_slicing, reason = "run by the compiler, which would not build past the end")]
const fn squeeze<const N: usize>(css: &[u8]) -> ([u8; N], usize) {
    let mut out = [b' '; N];
    let (mut from, mut to) = (0, 0);
    while from < css.len() {
        if css[from] == b'/' && css[from + 1] == b'*' {
            from += 2;
            while !(css[from] == b'*' && css[from + 1] == b'/') {
                from += 1;
            }
            from += 2;
            continue;
        }
        let is_space = css[from].is_ascii_whitespace();
        if !is_space {
            // Whatever is before a brace, the space ends there, and the last declaration needs no semicolon.
            while to > 0
                && ((out[to - 1] == b' ' && matches!(css[from], b'{' | b'}'))
                    || (out[to - 1] == b';' && css[from] == b'}'))
            {
                to -= 1;
            }
            out[to] = css[from];
            to += 1;
        } else if to > 0 && !matches!(out[to - 1], b' ' | b'{' | b'}' | b';' | b':' | b',') {
            out[to] = b' ';
            to += 1;
        }
        from += 1;
    }
    (out, to)
}

#[expect(clippy::indexing_slicing, reason = "run by the compiler, which would not build past the end")]
const fn head<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    let mut at = 0;
    while at < N {
        out[at] = bytes[at];
        at += 1;
    }
    out
}
