//! Which functions take several things as one tuple, spelled out or behind an alias.
//!
//! Closures may, and so may a function's result: only signatures count. Modules under `#[cfg(test)]` are no exception.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{FnArg, ItemType, Signature, Type};

/// Every such function in these files (name and text), as `file: function`.
pub fn taken(sources: &[(String, String)]) -> Vec<String> {
    let parsed: Vec<(&str, syn::File)> =
        sources.iter().map(|(name, text)| (name.as_str(), parse(name, text))).collect();
    let mut aliases: BTreeMap<&str, Aliases> = BTreeMap::new();
    for (name, file) in &parsed {
        aliases.entry(top(name)).or_default().visit_file(file);
    }
    let takers = parsed.iter().flat_map(|(name, file)| {
        let mut takers = Takers { aliases: &aliases[top(name)], found: Vec::new() };
        takers.visit_file(file);
        takers.found.into_iter().map(move |function| format!("{name}: {function}"))
    });
    takers.collect()
}

/// The top folder of a file.
fn top(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}

fn parse(name: &str, text: &str) -> syn::File {
    syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A tuple of at least one thing, borrowed or not.
fn is_tuple(of: &Type) -> bool {
    match of {
        Type::Tuple(it) => !it.elems.is_empty(),
        Type::Reference(it) => is_tuple(&it.elem),
        Type::Paren(it) => is_tuple(&it.elem),
        _ => false,
    }
}

/// Names that stand for a tuple, defined anywhere in one top folder.
#[derive(Default)]
struct Aliases(BTreeSet<String>);

impl Aliases {
    fn hide_tuple(&self, of: &Type) -> bool {
        match of {
            Type::Path(it) => {
                it.path.segments.last().is_some_and(|last| self.0.contains(&last.ident.to_string()))
            }
            Type::Reference(it) => self.hide_tuple(&it.elem),
            _ => false,
        }
    }
}

impl<'a> Visit<'a> for Aliases {
    fn visit_item_type(&mut self, item: &'a ItemType) {
        if is_tuple(&item.ty) {
            self.0.insert(item.ident.to_string());
        }
    }
}

struct Takers<'a> {
    aliases: &'a Aliases,
    found: Vec<String>,
}

impl<'a> Visit<'a> for Takers<'_> {
    fn visit_signature(&mut self, signature: &'a Signature) {
        let takes = |argument: &FnArg| match argument {
            FnArg::Typed(it) => is_tuple(&it.ty) || self.aliases.hide_tuple(&it.ty),
            FnArg::Receiver(_) => false,
        };
        if signature.inputs.iter().any(takes) {
            self.found.push(signature.ident.to_string());
        }
        visit::visit_signature(self, signature);
    }
}
