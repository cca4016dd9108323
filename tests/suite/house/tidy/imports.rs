//! Which file of the crate leads to which: paths made absolute, re-exports followed to the file that defines the name,
//! and circles of files that import each other.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{self, File, Path};

/// No name is re-exported through more modules than this.
const DEEPEST: usize = 8;

/// The files of a crate by their module.
pub struct Crate {
    files: BTreeMap<Path, File>,
}

/// A path from a file to somewhere else in the crate.
pub struct Import<'a> {
    /// From here.
    pub file: &'a File,
    /// What is named, from the root of the crate on.
    pub path: Path,
    /// The module of the file that defines it.
    pub origin: Path,
}

impl Crate {
    /// Reads files by their name below `src` and their text.
    pub fn read(sources: &[(String, String)]) -> Self {
        let files: Vec<File> = sources.iter().map(|(name, text)| source::read(name, text)).collect();
        let tests: Vec<Path> = files.iter().flat_map(|file| file.tests.clone()).collect();
        let is_code = |file: &File| !tests.iter().any(|test| file.module.starts_with(test));
        let mut by_module = BTreeMap::new();
        // What `main.rs` imports counts for nothing else: it and `lib.rs` are the same module.
        for file in files.into_iter().filter(|file| is_code(file) && file.name != "main.rs") {
            by_module.insert(file.module.clone(), file);
        }
        Self { files: by_module }
    }

    /// Every import of every file, those of its own file left out.
    pub fn imports(&self) -> Vec<Import<'_>> {
        self.files.values().flat_map(|file| self.imports_of(file)).collect()
    }

    fn imports_of<'a>(&'a self, file: &'a File) -> Vec<Import<'a>> {
        let uses = file.uses.iter().filter_map(|it| self.absolute(file, (&it.within, &it.path)));
        let others = file.paths.iter().filter_map(|(within, path)| self.absolute(file, (within, path)));
        let all: BTreeSet<Path> = uses.chain(others).collect();
        let import = |path: Path| Import { file, origin: self.origin(&path, 0), path };
        all.into_iter().map(import).filter(|import| import.origin != file.module).collect()
    }

    /// The path from the root of the crate on; nothing when it leads out of the crate.
    fn absolute(&self, file: &File, (within, path): (&Path, &[String])) -> Option<Path> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" | "breakglass" => Some(rest.to_vec()),
            "self" => Some([within, rest].concat()),
            "super" => {
                let up = path.iter().take_while(|segment| *segment == "super").count();
                Some([&within[..within.len().checked_sub(up)?], &path[up..]].concat())
            }
            name => {
                let child = [within.as_slice(), &[name.to_owned()]].concat();
                if self.files.contains_key(&child) {
                    return Some([&child, rest].concat());
                }
                let known =
                    file.uses.iter().find(|it| it.name.as_deref() == Some(name) && it.path != path)?;
                let known = self.absolute(file, (&known.within, &known.path))?;
                Some([&known, rest].concat())
            }
        }
    }

    /// The module of the file that defines what `path` names.
    fn origin(&self, path: &[String], depth: usize) -> Path {
        let module = self.module_in(path);
        let (Some(file), Some(name)) = (self.files.get(&module), path.get(module.len())) else {
            return module;
        };
        if file.defines.contains(name) || depth == DEEPEST {
            return module;
        }
        let further = |it: &source::Use| {
            let start = self.absolute(file, (&it.within, &it.path))?;
            let rest = &path[module.len() + usize::from(it.name.is_some())..];
            Some([start.as_slice(), rest].concat())
        };
        let named = file.uses.iter().find(|it| it.name.as_ref() == Some(name)).and_then(further);
        let mut globs = file.uses.iter().filter(|it| it.name.is_none()).filter_map(further);
        match named.or_else(|| globs.find(|path| self.defines(path))) {
            Some(path) => self.origin(&path, depth + 1),
            None => module,
        }
    }

    /// The longest beginning that is the module of a file.
    fn module_in(&self, path: &[String]) -> Path {
        let longest = (0..=path.len()).rev().find(|n| self.files.contains_key(&path[..*n]));
        path[..longest.unwrap_or_default()].to_vec()
    }

    fn defines(&self, path: &[String]) -> bool {
        let module = self.module_in(path);
        self.files
            .get(&module)
            .is_some_and(|file| path.get(module.len()).is_some_and(|name| file.defines.contains(name)))
    }

    /// Where a file's imports are defined, but for the rooms that it stands in: a child may use what its own `mod.rs`
    /// defines and is called from there; the two are one room, not a circle.
    fn neighbors_of(&self, file: &File) -> BTreeSet<Path> {
        let origins = self.imports_of(file).into_iter().map(|import| import.origin);
        origins.filter(|origin| !file.module.starts_with(origin)).collect()
    }

    /// Files of a folder that import each other in a circle, largest circle first. A file that only declares and
    /// re-exports its children is no member: what is imported through it is imported from where it is defined.
    pub fn circles(&self, folder: &str) -> Vec<Vec<String>> {
        let members: BTreeMap<&Path, BTreeSet<Path>> = self
            .files
            .values()
            .filter(|file| !file.is_face && file.module.first().is_some_and(|first| first == folder))
            .map(|file| (&file.module, self.neighbors_of(file)))
            .collect();
        let reached: BTreeMap<&Path, BTreeSet<&Path>> =
            members.keys().map(|module| (*module, reached(module, &members))).collect();
        let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
        for (module, others) in &reached {
            let circle = others.iter().filter(|other| reached[**other].contains(module));
            let names: Vec<String> = circle.map(|other| self.files[*other].name.clone()).collect();
            if names.len() > 1 {
                circles.insert(names);
            }
        }
        let mut circles: Vec<Vec<String>> = circles.into_iter().collect();
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }
}

/// Every member that is imported from `start`, at once or by way of others.
fn reached<'a>(start: &Path, members: &BTreeMap<&'a Path, BTreeSet<Path>>) -> BTreeSet<&'a Path> {
    let (mut found, mut next) = (BTreeSet::new(), vec![start]);
    while let Some(module) = next.pop() {
        for (member, _) in members.iter().filter(|(member, _)| members[module].contains(**member)) {
            if found.insert(*member) {
                next.push(member);
            }
        }
    }
    found
}
