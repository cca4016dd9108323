//! A table of short words under short heads, laid out in whatever width there is: in as few tables one below the other as
//! that needs, each with about as many columns as the others. Nothing is wrapped; a name that has no room is cut.

use textwrap::core::display_width;

use crate::domain::text::cut;

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The heads of the columns, without that of the names.
    pub heads: Vec<String>,
    /// The rows, in order.
    pub rows: Vec<GridRow>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridRow {
    /// What it is about.
    pub name: String,
    /// One word for each head.
    pub cells: Vec<String>,
}

/// What stands between columns.
const GAP: &str = "  ";
/// Columns that a name has at least, where it needs them, before the table is broken into several.
const LEAST_NAME: usize = 16;

impl Grid {
    /// The table in lines of at most `width` columns, as far as one name and one column fit beside each other.
    pub fn lines(&self, width: usize) -> Vec<String> {
        let name = self.name_room(width);
        let parts = self.parts(width.saturating_sub(name));
        let tables: Vec<Vec<String>> = parts.iter().map(|part| self.table(part, name)).collect();
        tables.join(&String::new())
    }

    /// What names take: what the columns leave; a third of the line, where that would be too little.
    fn name_room(&self, width: usize) -> usize {
        let longest = self.rows.iter().map(|row| display_width(&row.name)).max().unwrap_or_default();
        let beside = width.saturating_sub((0..self.heads.len()).map(|at| self.wide(at)).sum());
        let room = if beside >= LEAST_NAME.min(longest) { beside } else { width / 3 };
        longest.min(room)
    }

    /// What a column takes, with the gap before it.
    fn wide(&self, at: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.cells.get(at)).chain(self.heads.get(at));
        GAP.len() + cells.map(|cell| display_width(cell)).max().unwrap_or_default()
    }

    /// The columns of each table, as few tables as `room` needs.
    fn parts(&self, room: usize) -> Vec<Vec<usize>> {
        let most = self.filled(room);
        // No narrower than that, but no wider than so many tables need.
        (1..room).map(|room| self.filled(room)).find(|parts| parts.len() <= most.len()).unwrap_or(most)
    }

    /// The columns, one after the other, in tables of at most `room`.
    fn filled(&self, room: usize) -> Vec<Vec<usize>> {
        let mut parts: Vec<Vec<usize>> = Vec::new();
        let mut taken = 0;
        for at in 0..self.heads.len() {
            let wide = self.wide(at);
            if let Some(part) = parts.last_mut().filter(|_| taken + wide <= room) {
                part.push(at);
            } else {
                parts.push(vec![at]);
                taken = 0;
            }
            taken += wide;
        }
        parts
    }

    fn table(&self, part: &[usize], name: usize) -> Vec<String> {
        let line = |first: &str, cells: &[String]| {
            let cell = |at: &usize| {
                format!(
                    "{GAP}{}",
                    padded(cells.get(*at).map_or("", String::as_str), self.wide(*at) - GAP.len())
                )
            };
            let cells: String = part.iter().map(cell).collect();
            format!("{}{cells}", padded(&cut(first, name), name)).trim_end().to_owned()
        };
        let rows = self.rows.iter().map(|row| line(&row.name, &row.cells));
        std::iter::once(line("", &self.heads)).chain(rows).collect()
    }
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(display_width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(columns: usize, names: &[&str]) -> Grid {
        let words = |word: &str| (0..columns).map(|_| word.to_owned()).collect::<Vec<_>>();
        let row = |name: &&str| GridRow { name: (*name).to_owned(), cells: words("yes") };
        Grid { heads: words("Head"), rows: names.iter().map(row).collect() }
    }

    #[test]
    fn no_line_is_wider_than_there_is_room_and_no_column_is_lost() {
        let names = ["harbor.lantern", "72293e1f-9890-4796-be13-8c1c9045e817", "a"];
        for columns in 1..20 {
            for width in 30..120 {
                let lines = grid(columns, &names).lines(width);
                assert!(
                    lines.iter().all(|line| display_width(line) <= width),
                    "{columns} in {width}: {lines:#?}"
                );
                let heads: usize = lines.iter().map(|line| line.matches("Head").count()).sum();
                assert_eq!(heads, columns, "{lines:#?}");
            }
        }
    }

    #[test]
    fn several_tables_share_the_columns_evenly() {
        let lines = grid(10, &["harbor.lantern"]).lines(70);
        let heads: Vec<usize> =
            lines.iter().map(|line| line.matches("Head").count()).filter(|n| *n > 0).collect();
        assert_eq!(heads, [5, 5], "{lines:#?}");
        assert_eq!(grid(10, &["harbor.lantern"]).lines(74).len(), 2, "one table, as long as it fits");
    }
}
