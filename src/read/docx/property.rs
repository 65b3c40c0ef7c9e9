/*!
Properties of paragraphs, runs, rows and cells, as far as they decide what is read.
*/

use super::super::Revisions;
use super::field::is_struck;
use super::flow::{Flow, Role};
use super::xml::{Element, Space};

impl<'p> Flow<'p> {
    /// Takes an element that is a property or holds some; false for content.
    pub fn property(&mut self, element: &Element<'p>) -> bool {
        let role = match (self.roles.last(), element.name) {
            (_, name) if name.ends_with("PrChange") || name == "tblGridChange" => return self.passed(),
            (Some(Role::Paragraph), "pPr") => Role::ParagraphProperties,
            (Some(Role::ParagraphProperties), "rPr") => Role::MarkProperties,
            (Some(Role::ParagraphProperties), "numPr") => Role::NumberProperties,
            (Some(Role::Run), "rPr") => Role::RunProperties,
            (Some(Role::Row | Role::Frame), "trPr") => Role::RowProperties,
            (Some(Role::Cell), "tcPr") => Role::CellProperties,
            (_, "sectPr") => Role::Section,
            (_, "tblPr" | "tblPrEx" | "rPr" | "pPr" | "trPr" | "tcPr") => return self.passed(),
            (Some(Role::ParagraphProperties), _) => return self.of_paragraph(element),
            (Some(Role::NumberProperties), _) => return self.of_number(element),
            (Some(Role::MarkProperties), _) => return self.of_mark(element),
            (Some(Role::RunProperties), _) => return self.of_run(element),
            (Some(Role::RowProperties), _) => return self.of_row(element),
            (Some(Role::CellProperties), _) => return self.of_cell(element),
            (Some(Role::Section), _) => return self.of_section(element),
            (Some(Role::Table), "tblGrid") => Role::Plain,
            (Some(Role::Plain), "gridCol") => return self.grid(),
            _ => return false,
        };
        self.roles.push(role);
        true
    }

    fn passed(&mut self) -> bool {
        self.pass();
        true
    }

    fn grid(&mut self) -> bool {
        if let Some(table) = self.tables.last_mut() {
            table.columns += 1;
        }
        self.passed()
    }

    fn of_paragraph(&mut self, element: &Element<'p>) -> bool {
        let value = self.xml.value(element);
        if let Some(open) = self.paragraphs.last_mut() {
            match element.name {
                "pStyle" => open.style = value,
                "outlineLvl" => open.outline = value.and_then(|level| level.parse().ok()),
                _ => {}
            }
        }
        self.passed()
    }

    fn of_number(&mut self, element: &Element<'p>) -> bool {
        let value = self.xml.value(element);
        if let Some(open) = self.paragraphs.last_mut() {
            match element.name {
                "numId" => open.list.list = value.and_then(|id| id.parse().ok()),
                "ilvl" => open.list.level = value.and_then(|level| level.parse().ok()),
                _ => {}
            }
        }
        self.passed()
    }

    fn of_mark(&mut self, element: &Element<'p>) -> bool {
        let gone = is_struck(element.name, self.guide.revisions);
        let hidden = element.name == "vanish" && self.xml.is_on(element);
        if let Some(open) = self.paragraphs.last_mut() {
            open.joins |= gone;
            open.mark_hidden |= hidden;
        }
        self.passed()
    }

    fn of_run(&mut self, element: &Element<'p>) -> bool {
        let (value, on) = (self.xml.value(element), self.xml.is_on(element));
        if let Some(run) = self.open_runs.last_mut() {
            match element.name {
                "vanish" => run.hidden = Some(on),
                "rStyle" => run.style = value,
                _ => {}
            }
        }
        self.passed()
    }

    fn of_row(&mut self, element: &Element<'p>) -> bool {
        let gone = is_struck(element.name, self.guide.revisions);
        let columns = self.xml.value(element).and_then(|columns| columns.parse().ok());
        let in_frame = self.tables.last().is_some_and(|table| table.is_frame());
        if let Some(row) = self.rows.last_mut().filter(|_| !in_frame) {
            row.gone |= gone;
            if element.name == "gridBefore" {
                row.skip(columns.unwrap_or(0));
            }
        }
        self.passed()
    }

    fn of_cell(&mut self, element: &Element<'p>) -> bool {
        let columns = self.xml.value(element).and_then(|columns| columns.parse().ok());
        let gone = match self.guide.revisions {
            Revisions::Accept => "cellDel",
            Revisions::Reject => "cellIns",
        };
        if let Some(row) = self.rows.last_mut() {
            match element.name {
                "gridSpan" => row.span(columns.unwrap_or(1)),
                name => row.cell_gone |= name == gone,
            }
        }
        self.passed()
    }

    fn of_section(&mut self, element: &Element<'p>) -> bool {
        let kind = match element.name {
            "headerReference" => Some("header"),
            "footerReference" => Some("footer"),
            _ => None,
        };
        if let (Some(kind), Some(id)) = (kind, self.xml.attribute(element, Space::Relationship, "id")) {
            self.found.margins.push((kind, id));
        }
        self.passed()
    }
}
