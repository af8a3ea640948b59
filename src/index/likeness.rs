//! How much of a question a passage has, as a share of what a passage could have at most: the sum of
//! its terms' scores over the sum they would reach in a text that says all of them again and again.

use super::schema::IndexError;
use super::search::{SearchIndex, WeightedTerm};

/// A section up to so many words is read as one text: an article of a law and its clauses.
const READ_AS_ONE: f32 = 400.0;

impl SearchIndex {
    /// The share that a passage has of the terms, 0 to 1, together with its heading; or that its
    /// section has, where that is short enough to be read as one.
    pub fn likeness(&self, terms: &[WeightedTerm], passage: usize) -> Result<f32, IndexError> {
        let Some(row) = self.rows.row_of(passage) else {
            return Ok(0.0);
        };
        let alone = row..row + 1;
        let beside = match self.sections.words_around(row) <= READ_AS_ONE {
            true => self.sections.beside(row),
            false => alone.clone(),
        };
        let (mut own, mut with_section, mut most) = (0.0, 0.0, 0.0f32);
        for term in terms.iter().filter(|term| term.field.is_body()) {
            let field = &self.fields[term.field as usize];
            let heading = self.in_heading(term, row)?;
            let weight = term.weight * self.rarity(term)?;
            let (here, together) = field.frequencies(&term.text, row, beside.clone())?;
            own += weight * field.saturation(row, here).max(heading);
            if beside != alone {
                let section = self.sections.saturation(term.field, row, together);
                with_section += weight * section.max(heading);
            }
            most += weight;
        }
        Ok(f32::max(own, with_section) / most.max(f32::EPSILON))
    }

    /// How rare a term is among the passages; where more headings have it, among those.
    fn rarity(&self, term: &WeightedTerm) -> Result<f32, IndexError> {
        let own = self.fields[term.field as usize].rarity(&term.text)?;
        match term.field.of_heading() {
            Some(heading) => Ok(own.min(self.fields[heading as usize].rarity(&term.text)?)),
            None => Ok(own),
        }
    }

    fn in_heading(&self, term: &WeightedTerm, row: usize) -> Result<f32, IndexError> {
        let Some(heading) = term.field.of_heading() else {
            return Ok(0.0);
        };
        let field = &self.fields[heading as usize];
        let alone = row..row + 1;
        let (here, _) = field.frequencies(&term.text, row, alone)?;
        Ok(field.saturation(row, here))
    }
}
