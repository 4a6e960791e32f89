//! Orders the functions of a wasm so that those that are alike stand side by side. Brotli writes a copy as the distance to what it copies, and
//! a short distance takes fewer bits: 7.6 kB less in a first visit (`docs/performance.md`). wasm-opt can order functions by their names
//! (`--reorder-functions-by-name`), so here they only get names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use wasm_encoder::{NameMap, NameSection, Section};
use wasmparser::{BinaryReaderError, Parser, Payload, TypeRef};

/// How many bytes of code are compared as one piece: about two instructions.
const PIECE: usize = 4;

/// Returns `wasm`, which has no names, with a name for each function that says its place.
pub fn name_by_place(wasm: &[u8]) -> Result<Vec<u8>, BinaryReaderError> {
    let (mut imported, mut codes) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => codes.push(body.as_bytes()),
            _ => {}
        }
    }
    let places: BTreeMap<_, _> = order(&codes).into_iter().zip(0..).collect();
    let mut functions = NameMap::new();
    for (index, place) in (imported..).zip(places.into_values()) {
        functions.append(index, &format!("{place:06}"));
    }
    let mut names = NameSection::new();
    names.functions(&functions);
    let mut out = wasm.to_vec();
    names.append_to(&mut out);
    Ok(out)
}

/// An order of functions with these `codes` that begins with the shortest one. Next comes the one that is most like the last ones.
#[expect(clippy::indexing_slicing, reason = "each list has an entry for each function")]
fn order(codes: &[&[u8]]) -> Vec<usize> {
    let mut having = HashMap::<&[u8], Vec<usize>>::new();
    let mut pieces = Vec::new();
    for (function, code) in codes.iter().enumerate() {
        let of: BTreeSet<_> = code.windows(PIECE).collect();
        for &piece in &of {
            having.entry(piece).or_default().push(function);
        }
        pieces.push(of);
    }
    // A piece that few functions have says more of them.
    let weight = |piece: &[u8]| having.get(piece).map_or(0, |having| (codes.len() / having.len()).ilog2());
    let weights: Vec<u32> = pieces.iter().map(|of| of.iter().map(|&piece| weight(piece)).sum()).collect();
    let mut left: BTreeSet<_> = (0..codes.len()).collect();
    let mut next = left.iter().copied().min_by_key(|&function| codes[function].len());
    let mut shared = vec![0; codes.len()];
    let mut order = Vec::new();
    while let Some(last) = next {
        left.remove(&last);
        order.push(last);
        // What stands further back counts less.
        for shared in &mut shared {
            *shared /= 2;
        }
        for &piece in &pieces[last] {
            for &function in having.get(piece).into_iter().flatten() {
                shared[function] += weight(piece);
            }
        }
        // The cosine of both, without the length of the last ones, which is the same for all.
        let likeness = |function: usize| f64::from(shared[function]) / f64::from(weights[function].max(1)).sqrt();
        next = left.iter().copied().max_by(|&one, &other| likeness(one).total_cmp(&likeness(other)));
    }
    order
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CodeSection, EntityType, Function, FunctionSection, ImportSection, Module, TypeSection};
    use wasmparser::{KnownCustom, Name};

    use super::*;

    /// The place of each function in a module whose functions have these constants.
    fn places(functions: &[&[i32]]) -> Vec<usize> {
        let (mut types, mut declared, mut codes) = (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./glue.js", "imported", EntityType::Function(0));
        for constants in functions {
            declared.function(0);
            let mut code = Function::new([]);
            for constant in *constants {
                code.instructions().i32_const(*constant).drop();
            }
            code.instructions().end();
            codes.function(&code);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&declared).section(&codes);
        let named = name_by_place(&module.finish()).unwrap();
        let mut namings = Vec::new();
        for payload in Parser::new(0).parse_all(&named) {
            let Payload::CustomSection(custom) = payload.unwrap() else { continue };
            let KnownCustom::Name(section) = custom.as_known() else { continue };
            for part in section {
                let Name::Function(functions) = part.unwrap() else { continue };
                namings.extend(functions.into_iter().map(|naming| naming.unwrap()));
            }
        }
        // The import is function 0, and needs no name.
        let indexes: Vec<_> = namings.iter().map(|naming| naming.index as usize).collect();
        assert_eq!(indexes, (1..=functions.len()).collect::<Vec<_>>());
        namings.iter().map(|naming| naming.name.parse().unwrap()).collect()
    }

    #[test]
    fn functions_that_are_alike_stand_side_by_side() {
        let one = [1001, 1002, 1003, 1004];
        let other = [2001, 2002, 2003, 2004];
        let places = places(&[&one, &other, &[1001, 1002, 1003, 77], &[2001, 2002, 2003, 77], &[5]]);
        assert_eq!(places[4], 0, "the shortest is the first: {places:?}");
        assert_eq!((places[0].abs_diff(places[2]), places[1].abs_diff(places[3])), (1, 1), "{places:?}");
    }

    #[test]
    fn a_broken_module_is_told() {
        assert!(name_by_place(b"\0asm\x01\0\0\0\x03\xff").is_err());
    }
}
