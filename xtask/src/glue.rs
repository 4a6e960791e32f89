//! Less between the wasm and its glue: short names, and no exports that nobody calls.
//!
//! wasm-bindgen calls a function `__wbg_addEventListener_82cddc614107eb45`, once in the wasm and once in the glue. 16 digits of a hash can't be
//! compressed: over 200 such names are 4.9 kB of a first visit (`docs/performance.md`). wasm-bindgen has no option for it, and wasm-opt's
//! `--minify-imports` leaves the names of other modules than `env` alone.
//!
//! Leptos' server functions bring the crate wasm-streams, whose classes are exported though this panel has no server functions. What only
//! they need is 1.6 kB. wasm-split-cli leaves it out if they are no exports of what it splits.

use std::collections::HashMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Export, ImportSectionReader, Parser, Payload};

/// How the names of wasm-bindgen's own imports and of its closures begin. Names of our scripts stay as they are.
const MARKS: [&str; 2] = ["__wb", "wasm_bindgen__"];
/// What the exports of wasm-streams have in their names.
const STREAMS: &str = "intounderlying";

/// Returns `wasm` and its `glue` with short names for what wasm-bindgen lets the one take from the other.
pub fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String), Error> {
    let (mut names, mut module) = (Names::default(), Module::new());
    names.parse_core_module(&mut module, Parser::new(0), wasm)?;
    let is_end = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$');
    let mut renamed = String::with_capacity(glue.len());
    for piece in glue.split_inclusive(is_end) {
        let (word, end) = piece.split_at(piece.find(is_end).unwrap_or(piece.len()));
        renamed.push_str(names.short.get(word).map_or(word, |short| short));
        renamed.push_str(end);
    }
    // esbuild leaves out a class that nobody uses, if no statement beside it may have an effect.
    let is_statement = |line: &&str| line.starts_with("if (Symbol.dispose) IntoUnderlying");
    let lines = renamed.lines().filter(|line| !is_statement(line));
    let pure = lines
        .map(|line| line.replace(": new FinalizationRegistry", ": /* @__PURE__ */ new FinalizationRegistry") + "\n");
    Ok((module.finish(), pure.collect()))
}

/// Returns `wasm`, as it was linked, without the exports of wasm-streams. All else stays byte for byte: the relocations, by which
/// wasm-split-cli knows what is needed, are places in it.
pub fn without_streams(wasm: &[u8]) -> Result<Vec<u8>, Error> {
    let at = |place| usize::try_from(place).unwrap_or(usize::MAX);
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ExportSection(section) = payload {
            let mut exports = ExportSection::new();
            for export in section {
                let Export { name, kind, index } = export?;
                if !name.contains(STREAMS) {
                    exports.export(name, RoundtripReencoder.export_kind(kind)?, index);
                }
            }
            module.section(&exports);
        } else if let Some((id, place)) = payload.as_section() {
            module.section(&RawSection { id, data: wasm.get(at(place.start)..at(place.end)).unwrap_or_default() });
        }
    }
    Ok(module.finish())
}

/// The short name of each import.
#[derive(Default)]
struct Names {
    short: HashMap<String, String>,
}

impl Names {
    fn shorten(&mut self, name: &str) -> String {
        if !MARKS.iter().any(|mark| name.starts_with(mark)) {
            return name.to_owned();
        }
        // Such a name is no word of JavaScript's, and none of the glue's.
        let next = format!("_{:x}", self.short.len());
        self.short.entry(name.to_owned()).or_insert(next).clone()
    }
}

impl Reencode for Names {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error> {
        for import in section.into_imports() {
            let import = import?;
            imports.import(import.module, &self.shorten(import.name), self.entity_type(import.ty)?);
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: Export<'_>) -> Result<(), Error> {
        let name = self.shorten(export.name);
        exports.export(&name, self.export_kind(export.kind)?, self.external_index(export.kind, export.index)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ExportKind};

    use super::*;

    #[test]
    fn names_of_wasm_bindgen_are_short_on_both_sides() {
        let mut imports = ImportSection::new();
        for name in ["__wbg_now_0123456789abcdef", "__wbg_now_0123456789abcdef", "watch", "__wbindgen_throw_1"] {
            imports.import("./glue.js", name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&imports);
        let mut exports = ExportSection::new();
        for name in ["mount", "wasm_bindgen__invoke__h68"] {
            exports.export(name, ExportKind::Func, 0);
        }
        module.section(&exports);
        let glue = "{ __wbg_now_0123456789abcdef: () => now$__wbindgen_throw_1(), watch, __wbindgen_throw_1: wasm.wasm_bindgen__invoke__h68 }";
        let (wasm, glue) = shorten(&module.finish(), glue).unwrap();
        assert_eq!(glue, "{ _0: () => now$__wbindgen_throw_1(), watch, _1: wasm._2 }\n");
        let names = Parser::new(0).parse_all(&wasm).flat_map(|payload| match payload.unwrap() {
            Payload::ImportSection(section) => section.into_imports().map(|import| import.unwrap().name).collect(),
            Payload::ExportSection(section) => section.into_iter().map(|export| export.unwrap().name).collect(),
            _ => Vec::new(),
        });
        assert_eq!(names.collect::<Vec<_>>(), ["_0", "_0", "watch", "_1", "mount", "_2"]);
        assert!(shorten(b"\0asm\x01\0\0\0\x02\xff", "").is_err(), "a broken module is told");
    }

    #[test]
    fn only_the_exports_of_wasm_streams_are_left_out() {
        let module = |names: &[&str]| {
            let mut exports = ExportSection::new();
            for name in names {
                exports.export(name, ExportKind::Func, 0);
            }
            let mut module = Module::new();
            // A number in more bytes than it needs, as linkers write it.
            let start = RawSection { id: 8, data: &[0x84, 0x80, 0] };
            module.section(&exports).section(&start);
            module.finish()
        };
        let linked = module(&["mount", "__wbg_intounderlyingsink_free_1", "intounderlyingsink_write_1", "memory"]);
        assert_eq!(without_streams(&linked).unwrap(), module(&["mount", "memory"]));
        assert!(without_streams(b"\0asm\x01\0\0\0\x07\xff").is_err(), "a broken module is told");
    }
}
