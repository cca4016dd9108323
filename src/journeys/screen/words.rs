//! Every word on a screen, one after the other: for whoever looks at all of them before they are shown.

use super::{Block, Grid, Question, Row, Screen};

impl<M> Screen<M> {
    /// Changes each piece of text that is shown, as `change` has it.
    pub fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        change(&mut self.banner.tenant);
        change(&mut self.title);
        self.clock.iter_mut().for_each(&mut *change);
        self.rail.iter_mut().for_each(|item| change(&mut item.name));
        self.prose.iter_mut().for_each(|block| of_block(block, change));
        self.checklist.iter_mut().for_each(|row| of_row(row, change));
        self.remedies.iter_mut().for_each(&mut *change);
        self.work.iter_mut().for_each(|work| change(&mut work.doing));
        if let Some(course) = &mut self.course {
            course.done.iter_mut().for_each(|stage| change(&mut stage.words));
            course.next.iter_mut().for_each(&mut *change);
        }
        self.trouble.iter_mut().for_each(|trouble| trouble.each_text(change));
        self.done.iter_mut().for_each(|done| change(&mut done.words));
        self.question.iter_mut().for_each(|question| of_question(question, change));
        for choice in &mut self.choices {
            change(&mut choice.label);
            change(&mut choice.detail);
            choice.about.iter_mut().for_each(&mut *change);
        }
        self.costs.iter_mut().for_each(&mut *change);
        self.help.iter_mut().for_each(change);
    }
}

fn of_block(block: &mut Block, change: &mut dyn FnMut(&mut String)) {
    match block {
        Block::Text(text) | Block::Reason(text) | Block::Heading(text) | Block::Qr(text) => change(text),
        Block::Steps(lines) | Block::List(lines) | Block::Verbatim(lines) => {
            lines.iter_mut().for_each(change);
        }
        Block::Pairs(pairs) => {
            for (left, right) in pairs {
                change(left);
                change(right);
            }
        }
        Block::Grid(grid) => of_grid(grid, change),
        Block::Checklist(rows) => rows.iter_mut().for_each(|row| of_row(row, change)),
        // Painted by the vault, whose own it is.
        Block::Secret(_) => {}
    }
}

fn of_grid(grid: &mut Grid, change: &mut dyn FnMut(&mut String)) {
    grid.heads.iter_mut().for_each(&mut *change);
    for row in &mut grid.rows {
        change(&mut row.name);
        row.cells.iter_mut().for_each(&mut *change);
    }
}

fn of_row(row: &mut Row, change: &mut dyn FnMut(&mut String)) {
    change(&mut row.label);
    change(&mut row.detail);
}

fn of_question<M>(question: &mut Question<M>, change: &mut dyn FnMut(&mut String)) {
    match question {
        Question::Text { prompt, preset, problem, .. } => {
            change(prompt);
            change(preset);
            problem.iter_mut().for_each(change);
        }
        Question::SecretLine { problem, .. } => problem.iter_mut().for_each(change),
        Question::Secret { prompt, .. } => change(prompt),
        Question::Consent(lines) => {
            for line in lines {
                change(&mut line.sentence);
                line.call.iter_mut().for_each(&mut *change);
                line.request.iter_mut().for_each(&mut *change);
            }
        }
        // A slip names a person, a safe, a number; the secret beside it is painted by the vault.
        Question::CopyByHand { .. } => {}
    }
}
