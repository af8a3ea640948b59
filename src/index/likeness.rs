//! How much of a question a passage has, as a share of what a passage could have at most: the sum of
//! its terms' scores over the sum they would reach in a text that says all of them again and again.

use std::ops::Range;

use super::field::Found;
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
            let found = field.find(term)?;
            let count = |found: &Option<Found>| found.as_ref().map_or(0, |found| found.count);
            let mut rarity = field.rarity(count(&found));
            let mut heading = 0.0;
            // Where more headings have it, it is as rare as among those.
            if let Some(of_heading) = term.field.of_heading() {
                let field = &self.fields[of_heading as usize];
                let found = field.find(term)?;
                rarity = rarity.min(field.rarity(count(&found)));
                let (here, _) = frequencies(&found, row, alone.clone())?;
                heading = field.saturation(row, here);
            }
            let weight = term.weight * rarity;
            let (here, together) = frequencies(&found, row, beside.clone())?;
            own += weight * field.saturation(row, here).max(heading);
            if beside != alone {
                let section = self.sections.saturation(term.field, row, together);
                with_section += weight * section.max(heading);
            }
            most += weight;
        }
        Ok(f32::max(own, with_section) / most.max(f32::EPSILON))
    }
}

/// How often a term stands in a row, and in the rows beside it together.
fn frequencies(
    found: &Option<Found>,
    row: usize,
    beside: Range<usize>,
) -> Result<(f32, f32), IndexError> {
    match found {
        Some(found) => found.frequencies(row, beside),
        None => Ok((0.0, 0.0)),
    }
}
