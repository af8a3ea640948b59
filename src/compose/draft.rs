//! An answer being put together: frame sentences, quotations, remarks.

use crate::answer::{Block, Citation, Intent, Kind, TextKind, plain_text};

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

    /// Adds a quotation, unless it is already there or has no words: the heading "Điều 1." is a label
    /// alone.
    pub fn quote(&mut self, quote: Quote) -> &mut Self {
        self.cite(quote.into_citation());
        self
    }

    /// Whether these words of that place are quoted.
    pub fn quotes(&self, quote: &Quote) -> bool {
        self.citations.contains(quote.citation())
    }

    fn cite(&mut self, citation: Citation) {
        if !citation.quote.is_empty() && !self.citations.contains(&citation) {
            self.blocks.push(Block::Quote(self.citations.len()));
            self.citations.push(citation);
        }
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
    /// twice, a frame around nothing new is left out, and remarks come last.
    pub fn append(&mut self, other: Draft) {
        let is_note = |block: &mut Block| matches!(block, Block::Note(_));
        let notes: Vec<Block> = self.blocks.extract_if(.., is_note).collect();
        let (other_notes, said): (Vec<Block>, Vec<Block>) = other
            .blocks
            .into_iter()
            .partition(|block| matches!(block, Block::Note(_)));
        let mut frames: Vec<Block> = Vec::new();
        let mut quoted = false;
        for block in said {
            match block {
                Block::Frame(_) => {
                    if std::mem::take(&mut quoted) {
                        frames.clear();
                    }
                    frames.push(block);
                }
                Block::Quote(index) => {
                    let citation = &other.citations[index];
                    quoted = true;
                    if !self.citations.contains(citation) {
                        self.blocks.append(&mut frames);
                        self.cite(citation.clone());
                    }
                }
                Block::Note(_) => {}
            }
        }
        self.blocks.extend(notes);
        for note in other_notes {
            if !self.blocks.contains(&note) {
                self.blocks.push(note);
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

    /// Adds a sentence before all others, unless it is already there.
    pub fn first(&mut self, sentence: impl Into<String>) {
        let frame = Block::Frame(sentence.into());
        if !self.blocks.contains(&frame) {
            self.blocks.insert(0, frame);
        }
    }

    /// The answer as plain text.
    pub fn text(&self) -> String {
        plain_text(&self.blocks, &self.citations)
    }
}
