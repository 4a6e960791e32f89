//! The stylesheet of the shadow root. It is compiled in without comments and indentation, which are half a kilobyte of every
//! download.

/// `style/panel.css` and `style/later.css`, squeezed.
pub const CSS: &str = match str::from_utf8(&SQUEEZED) {
    Ok(css) => css,
    Err(_) => SOURCE,
};

const SOURCE: &str = concat!(include_str!("../../style/panel.css"), include_str!("../../style/later.css"));
static PADDED: ([u8; SOURCE.len()], usize) = squeeze(SOURCE.as_bytes());
static SQUEEZED: [u8; PADDED.1] = head(&PADDED.0);

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
