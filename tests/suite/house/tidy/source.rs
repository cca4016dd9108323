//! What a file says about other files: every `use` tree, and every path in a body or a macro, as `syn` reads them.
//!
//! Paths are kept as they are written; `imports` finds out what they lead to. Modules under `#[cfg(test)]` are left out:
//! unit tests may look anywhere.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, UseTree, Visibility};

/// A path, segment by segment.
pub type Path = Vec<String>;

/// Something that a `use` brings in.
pub struct Use {
    /// The module it stands in.
    pub within: Path,
    /// What it names.
    pub path: Path,
    /// What it is called afterwards; nothing for `*`.
    pub name: Option<String>,
}

/// A file, read.
pub struct File {
    /// Below `src`, with slashes.
    pub name: String,
    /// The module that it is.
    pub module: Path,
    /// It only declares and re-exports its children.
    pub is_face: bool,
    /// What it brings in.
    pub uses: Vec<Use>,
    /// Every other path of at least two segments, with the module it stands in.
    pub paths: Vec<(Path, Path)>,
    /// What it defines itself, modules included.
    pub defines: BTreeSet<String>,
    /// Children that are there for tests only.
    pub tests: Vec<Path>,
}

/// Reads the file `name`, below `src`.
pub fn read(name: &str, text: &str) -> File {
    let module = module_of(name);
    let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut reader = Reader { here: module.clone(), uses: Vec::new(), paths: Vec::new(), tests: Vec::new() };
    reader.visit_file(&parsed);
    File {
        name: name.to_owned(),
        module,
        is_face: parsed.items.iter().all(declares),
        uses: reader.uses,
        paths: reader.paths,
        defines: parsed.items.iter().filter_map(defined).collect(),
        tests: reader.tests,
    }
}

/// `journeys/repair/mod.rs` is `journeys::repair`; `lib.rs` and `main.rs` are the crate itself.
fn module_of(name: &str) -> Path {
    let mut path: Path = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(path.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        path.pop();
    }
    path
}

/// A declaration of a module elsewhere, or an import.
fn declares(item: &Item) -> bool {
    match item {
        Item::Mod(module) => module.content.is_none(),
        Item::Use(_) => true,
        _ => false,
    }
}

fn defined(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(it) => &it.ident,
        Item::Enum(it) => &it.ident,
        Item::Fn(it) => &it.sig.ident,
        Item::Mod(it) => &it.ident,
        Item::Static(it) => &it.ident,
        Item::Struct(it) => &it.ident,
        Item::Trait(it) => &it.ident,
        Item::Type(it) => &it.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|a| a.path().is_ident("cfg")).any(|a| {
        a.parse_args::<TokenStream>().is_ok_and(|tokens| {
            let words: Vec<String> = flat(tokens).iter().map(ToString::to_string).collect();
            words.iter().any(|word| word == "test") && !words.iter().any(|word| word == "not")
        })
    })
}

struct Reader {
    here: Path,
    uses: Vec<Use>,
    paths: Vec<(Path, Path)>,
    tests: Vec<Path>,
}

impl Reader {
    fn path(&mut self, path: Path) {
        if path.len() > 1 {
            self.paths.push((self.here.clone(), path));
        }
    }

    fn import(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &dyn ToString| [before, &[name.to_string()]].concat();
        let (path, name) = match tree {
            UseTree::Path(it) => return self.import(&it.tree, &with(&it.ident)),
            UseTree::Group(it) => return it.items.iter().for_each(|tree| self.import(tree, before)),
            UseTree::Name(it) if it.ident == "self" => (before.to_vec(), before.last().cloned()),
            UseTree::Name(it) => (with(&it.ident), Some(it.ident.to_string())),
            UseTree::Rename(it) if it.ident == "self" => (before.to_vec(), Some(it.rename.to_string())),
            UseTree::Rename(it) => (with(&it.ident), Some(it.rename.to_string())),
            UseTree::Glob(_) => (before.to_vec(), None),
        };
        self.uses.push(Use { within: self.here.clone(), path, name });
    }
}

impl<'a> Visit<'a> for Reader {
    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        let child = [self.here.as_slice(), &[item.ident.to_string()]].concat();
        if is_for_tests(&item.attrs) {
            self.tests.push(child);
        } else {
            let parent = std::mem::replace(&mut self.here, child);
            visit::visit_item_mod(self, item);
            self.here = parent;
        }
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        if item.leading_colon.is_none() {
            self.import(&item.tree, &[]);
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        if path.leading_colon.is_none() {
            self.path(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    /// What a macro is given is not parsed: every `a::b` in it counts.
    fn visit_macro(&mut self, it: &'a Macro) {
        self.visit_path(&it.path);
        for path in paths_in(flat(it.tokens.clone())) {
            self.path(path);
        }
    }

    /// `pub(in crate::a)` imports nothing.
    fn visit_visibility(&mut self, _: &'a Visibility) {}
}

/// Every token, groups opened; where a group begins and ends a `None` parts its neighbors.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let mut all = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                all.push(parting());
                all.extend(flat(group.stream()));
                all.push(parting());
            }
            token => all.push(token),
        }
    }
    all
}

fn parting() -> TokenTree {
    TokenTree::Punct(proc_macro2::Punct::new(',', proc_macro2::Spacing::Alone))
}

/// Words that are joined by `::`.
fn paths_in(tokens: Vec<TokenTree>) -> Vec<Path> {
    let (mut paths, mut path, mut colons) = (Vec::new(), Path::new(), 0);
    for token in tokens {
        match token {
            TokenTree::Punct(it) if it.as_char() == ':' => colons += 1,
            TokenTree::Ident(it) => {
                if colons != 2 {
                    paths.push(std::mem::take(&mut path));
                }
                path.push(it.to_string());
                colons = 0;
            }
            _ => {
                paths.push(std::mem::take(&mut path));
                colons = 0;
            }
        }
    }
    paths.push(path);
    paths
}
