//! Short names between a wasm file and its glue. wasm-bindgen's tell what they are for and end in a hash, in both files.

/// The module that the wasm imports wasm-bindgen's glue from.
const GLUE: &str = "./log-backup-panel_bg.js";
/// How wasm-bindgen names what it exports to call closures by.
const CLOSURE: &str = "wasm_bindgen_";

/// `wasm` and its `glue` with short names for what the one imports from the other; `None` where they are not as wasm-bindgen
/// writes them.
pub fn shorten(wasm: &[u8], glue: &str) -> Option<(Vec<u8>, String)> {
    let (magic, mut rest) = wasm.split_at_checked(8)?;
    let (mut out, mut glue) = (magic.to_vec(), glue.to_owned());
    let mut count = 0;
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let body = vector(&mut rest)?;
        let body = match id {
            2 | 7 => {
                let mut body = body;
                let entries = number(&mut body)?;
                let mut section = Vec::new();
                push_number(&mut section, entries);
                for _ in 0..entries {
                    if id == 2 {
                        import(&mut body, &mut section, &mut glue, &mut count)?;
                    } else {
                        export(&mut body, &mut section, &mut glue, &mut count)?;
                    }
                }
                section
            }
            _ => body.to_vec(),
        };
        out.push(id);
        push_vector(&mut out, &body);
    }
    Some((out, glue.replace(&format!("\"{GLUE}\""), "\"g\"")))
}

/// One import, a function.
fn import(from: &mut &[u8], to: &mut Vec<u8>, glue: &mut String, count: &mut usize) -> Option<()> {
    let (module, name) = (text(from)?, text(from)?);
    if module == GLUE {
        let short = next(count);
        let (old, new) = (format!(" {name}: function("), format!(" {short}: function("));
        *glue = replaced(glue, &old, &new)?;
        push_vector(to, b"g");
        push_vector(to, short.as_bytes());
    } else {
        push_vector(to, module.as_bytes());
        push_vector(to, name.as_bytes());
    }
    let is_function = byte(from)? == 0;
    to.push(0);
    push_number(to, number(from)?);
    is_function.then_some(())
}

/// One export, of any kind.
fn export(from: &mut &[u8], to: &mut Vec<u8>, glue: &mut String, count: &mut usize) -> Option<()> {
    let name = text(from)?;
    if name.starts_with(CLOSURE) {
        let short = next(count);
        let (old, new) = (format!("wasm.{name}("), format!("wasm.{short}("));
        *glue = replaced(glue, &old, &new)?;
        push_vector(to, short.as_bytes());
    } else {
        push_vector(to, name.as_bytes());
    }
    to.push(byte(from)?);
    push_number(to, number(from)?);
    Some(())
}

fn replaced(text: &str, old: &str, new: &str) -> Option<String> {
    text.contains(old).then(|| text.replace(old, new))
}

/// `a0`, `b0` … `z0`, `a1` …: no word of JavaScript, and no other name of the glue.
fn next(count: &mut usize) -> String {
    let letter = char::from(b'a' + u8::try_from(*count % 26).unwrap_or_default());
    let name = format!("{letter}{}", *count / 26);
    *count += 1;
    name
}

fn byte(from: &mut &[u8]) -> Option<u8> {
    let (&first, rest) = from.split_first()?;
    *from = rest;
    Some(first)
}

/// `wasm` with a [custom section](https://webassembly.github.io/spec/core/binary/modules.html#custom-section) at its end.
pub fn with_section(mut wasm: Vec<u8>, name: &str, content: &[u8]) -> Vec<u8> {
    let mut section = Vec::new();
    push_vector(&mut section, name.as_bytes());
    section.extend_from_slice(content);
    wasm.push(0);
    push_vector(&mut wasm, &section);
    wasm
}

/// A LEB128 number.
fn number(from: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let byte = byte(from)?;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Bytes with their length before them.
fn vector<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(from)?;
    let (taken, rest) = from.split_at_checked(length)?;
    *from = rest;
    Some(taken)
}

fn text<'a>(from: &mut &'a [u8]) -> Option<&'a str> {
    str::from_utf8(vector(from)?).ok()
}

fn push_number(to: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        to.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    to.push(u8::try_from(number).unwrap_or_default());
}

fn push_vector(to: &mut Vec<u8>, bytes: &[u8]) {
    push_number(to, bytes.len());
    to.extend_from_slice(bytes);
}
