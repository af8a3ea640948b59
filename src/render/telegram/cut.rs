//! Cuts long answers between quotations, so that each message keeps within Telegram's length with its tags balanced.
