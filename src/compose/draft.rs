//! An answer being put together: frame sentences, quotations, remarks.

use crate::answer::{Block, Citation, Intent, Kind, TextKind};

use super::phrases;
use super::quote::Quote;

/// An answer without what the engine adds (question, fingerprint, time).
#[derive(Clone, Debug)]
pub struct Draft {
    /// What sort of reply.
    pub kind: Kind,
    /// What was asked for.
    pub intent: Intent,
    /// Ids of units, as the contract has them.
    pub units: Vec<String>,
    /// Its pieces in order.
    pub blocks: Vec<Block>,
    /// Its quotations.
    pub citations: Vec<Citation>,
    /// Questions that have answers.
    pub suggestions: Vec<String>,
    /// Share of the needs covered.
    pub confidence: f32,
}

impl Draft {
    /// An empty reply.
    pub fn new(kind: Kind, intent: Intent) -> Self {
        Self {
            kind,
            intent,
            units: Vec::new(),
            blocks: Vec::new(),
            citations: Vec::new(),
            suggestions: Vec::new(),
            confidence: 0.0,
        }
    }

    /// Adds a sentence of the bot's own.
    pub fn frame(&mut self, sentence: impl Into<String>) -> &mut Self {
        self.blocks.push(Block::Frame(sentence.into()));
        self
    }

    /// Adds a quotation, unless it is already there.
    pub fn quote(&mut self, quote: Quote) -> &mut Self {
        let citation = quote.into_citation();
        if !self.citations.contains(&citation) {
            self.blocks.push(Block::Quote(self.citations.len()));
            self.citations.push(citation);
        }
        self
    }

    /// Adds a remark after the quotations, unless it is already there.
    pub fn note(&mut self, sentence: impl Into<String>) -> &mut Self {
        let note = Block::Note(sentence.into());
        if !self.blocks.contains(&note) {
            self.blocks.push(note);
        }
        self
    }

    /// Adds the answer to a second clause of the question: what stands there already is not said
    /// twice.
    pub fn append(&mut self, other: Draft) {
        for block in other.blocks {
            match block {
                Block::Quote(index) => {
                    let citation = other.citations[index].clone();
                    if !self.citations.contains(&citation) {
                        self.blocks.push(Block::Quote(self.citations.len()));
                        self.citations.push(citation);
                    }
                }
                block if self.blocks.contains(&block) => {}
                block => self.blocks.push(block),
            }
        }
        // A frame whose quotations all stand above has nothing left to frame.
        let blocks = std::mem::take(&mut self.blocks);
        for (at, block) in blocks.iter().enumerate() {
            let framing = matches!(block, Block::Frame(_));
            let empty = matches!(blocks.get(at + 1), Some(Block::Frame(_)) | None);
            if !(framing && empty) {
                self.blocks.push(block.clone());
            }
        }
    }

    /// Adds the mark that an answer resting on a digest must carry.
    pub fn mark_digest(&mut self) {
        if self
            .citations
            .iter()
            .any(|citation| citation.text == TextKind::Digest)
        {
            self.note(phrases::DIGEST);
        }
    }

    /// The answer as plain text.
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Frame(sentence) => lines.push(sentence.clone()),
                Block::Note(sentence) => lines.push(sentence.clone()),
                Block::Quote(index) => {
                    if let Some(citation) = self.citations.get(*index) {
                        lines.push(format!("“{}”\n({})", citation.quote, citation.label));
                    }
                }
            }
        }
        lines.join("\n")
    }
}
