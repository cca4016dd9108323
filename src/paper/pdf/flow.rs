//! Sheets that flow: pieces from top to bottom, over as many pages as they take.

use krilla::geom::Point;

use crate::domain::plan::PaperSize;
use crate::paper::page::{PageNumber, Piece, Sheet};
use crate::paper::pdf::code::code;
use crate::paper::pdf::fonts::Typeface;
use crate::paper::pdf::head::{MARGIN, SMALL, TOP, foot, head, room};
use crate::paper::pdf::leaf::{Leaf, Style, wrap};

/// The side of the QR code in the corner, in points: 25 mm.
const CODE: f32 = 72.0;
/// The size of a title.
const TITLE: Style = Style::of(Typeface::Bold, 18.0);

/// A column that text is set in.
#[derive(Clone, Copy)]
pub(super) struct Column {
    /// Left edge.
    pub x: f32,
    /// Width.
    pub width: f32,
}

/// A pen that goes down the pages.
pub(super) struct Flow {
    /// The size of a page.
    pub size: PaperSize,
    /// Where the next piece begins.
    pub y: f32,
    /// The width between the margins.
    pub width: f32,
    pages: Vec<Leaf>,
    sheet: Sheet,
}

impl Flow {
    /// A pen on the first page of `sheet`, below its head.
    pub fn begin(sheet: &Sheet, size: PaperSize) -> Self {
        let (pages, sheet) = (vec![Leaf::default()], sheet.clone());
        let mut flow = Self { size, y: 0.0, width: room(size), pages, sheet };
        flow.first_head();
        flow
    }

    /// The pages, each with its foot.
    pub fn end(mut self) -> Vec<Leaf> {
        let (pages, size) = (self.pages.len(), self.size);
        for (index, leaf) in self.pages.iter_mut().enumerate() {
            foot(leaf, &self.sheet.heading, PageNumber { page: index + 1, pages }, size);
        }
        self.pages
    }

    /// The page under the pen.
    pub fn leaf(&mut self) -> &mut Leaf {
        if self.pages.is_empty() {
            self.pages.push(Leaf::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Goes to a new page unless `height` points are left on this one.
    pub fn need(&mut self, height: f32) {
        if self.y + height > self.size.points().1 - MARGIN {
            self.new_page();
        }
    }

    /// Goes to a new page.
    pub fn new_page(&mut self) {
        self.pages.push(Leaf::default());
        let (heading, width) = (self.sheet.heading.clone(), self.width);
        self.y = head(self.leaf(), &heading, width) + 12.0;
    }

    /// How much is left on this page.
    pub fn left(&self) -> f32 {
        self.size.points().1 - MARGIN - self.y
    }

    /// The whole width between the margins.
    pub fn column(&self) -> Column {
        Column { x: MARGIN, width: self.width }
    }

    /// Sets `text` in lines that fill a column, each `leading` points below the one before.
    pub fn lines(&mut self, column: Column, style: Style, leading: f32, text: &str) {
        for line in wrap(style, column.width, text) {
            self.need(leading);
            self.y += leading;
            let y = self.y - leading * 0.28;
            self.leaf().text(Point::from_xy(column.x, y), style, &line);
        }
    }

    /// The first page has the title and the code in its head.
    fn first_head(&mut self) {
        let sheet = self.sheet.clone();
        let find = |wanted: fn(&Piece) -> Option<&String>| sheet.pieces.iter().find_map(wanted);
        let title = find(|p| if let Piece::Title(title) = p { Some(title) } else { None });
        let code_text = find(|p| if let Piece::Code(text) = p { Some(text) } else { None });
        let width = if code_text.is_some() { self.width - CODE - 12.0 } else { self.width };
        self.y = head(self.leaf(), &sheet.heading, width) + 8.0;
        if let Some(title) = title {
            self.lines(Column { x: MARGIN, width }, TITLE, 23.0, title);
        }
        if let Some(text) = code_text {
            self.corner(text);
            self.y = self.y.max(TOP + CODE + 4.0);
        }
        self.y += 8.0;
    }

    fn corner(&mut self, text: &str) {
        let x = MARGIN + self.width - CODE;
        let mark = code(text.as_bytes(), Point::from_xy(x, TOP - 8.0), CODE);
        let leaf = self.leaf();
        leaf.marks.extend(mark);
        let caption = if text.contains("://") { "id and link" } else { "id" };
        leaf.text_around(Point::from_xy(x + CODE / 2.0, TOP + CODE - 6.0), SMALL.gray(70), caption);
    }
}
