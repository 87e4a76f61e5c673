//! A reader before the CSV parser: it follows quotes as the parser does, knows on which line each record begins, and
//! refuses a record that is too long or never ends before the parser would gather it in memory.

use std::{
    collections::VecDeque,
    io::{self, Read},
};

use memchr::memchr3;

/// Passes bytes on while watching the records in them.
#[derive(Debug)]
pub(super) struct Guard<R> {
    inner: R,
    delimiter: u8,
    limit: usize,
    state: State,
    was_return: bool,
    line: u64,
    record_line: u64,
    record_length: usize,
    /// Where the records begin that were passed on and not yet asked for.
    starts: VecDeque<u64>,
}

/// Where the parser stands; its rules are those of csv-core with `""` for a quote inside quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before a record: line ends are skipped.
    Between,
    /// At the beginning of a cell: only here a quote opens.
    CellStart,
    Cell,
    Quoted,
    /// After a quote inside quotes: the end, or half of `""`.
    Quote,
}

/// Why the guard passes nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    #[error("the record of line {line} is too long")]
    TooLong { line: u64 },
    #[error("the quote of line {line} is never closed")]
    OpenQuote { line: u64 },
}

impl<R: Read> Guard<R> {
    pub(super) fn new(inner: R, delimiter: u8, limit: usize) -> Self {
        Self {
            inner,
            delimiter,
            limit,
            state: State::Between,
            was_return: false,
            line: 1,
            record_line: 1,
            record_length: 0,
            starts: VecDeque::new(),
        }
    }

    /// The line the next record begins on; one call for each record the parser gives.
    pub(super) fn next_start(&mut self) -> Option<u64> {
        self.starts.pop_front()
    }

    fn watch(&mut self, mut bytes: &[u8]) -> Result<(), Refused> {
        while let Some(&byte) = bytes.first() {
            // Most bytes are letters of a cell, which change nothing: only what may end it is looked at.
            let letters = match self.state {
                State::Cell => memchr3(self.delimiter, b'\n', b'\r', bytes),
                State::Quoted => memchr3(b'"', b'\n', b'\r', bytes),
                State::Between | State::CellStart | State::Quote => Some(0),
            };
            let letters = letters.unwrap_or(bytes.len());
            if letters > 0 {
                self.was_return = false;
                self.record_length += letters;
                bytes = &bytes[letters..];
            } else {
                self.state = self.step(byte);
                if matches!(byte, b'\n' | b'\r') {
                    self.line += u64::from(!(byte == b'\n' && self.was_return));
                }
                self.was_return = byte == b'\r';
                self.record_length += 1;
                bytes = &bytes[1..];
            }
            if self.record_length > self.limit {
                return Err(Refused::TooLong { line: self.record_line });
            }
        }
        Ok(())
    }

    fn step(&mut self, byte: u8) -> State {
        let is_end = matches!(byte, b'\n' | b'\r');
        if self.state == State::Between {
            self.record_length = 0;
            if is_end {
                return State::Between;
            }
            self.record_line = self.line;
            self.starts.push_back(self.line);
            self.state = State::CellStart;
        }
        match self.state {
            State::Quoted if byte == b'"' => State::Quote,
            State::Quoted => State::Quoted,
            State::Quote if byte == b'"' => State::Quoted,
            State::CellStart if byte == b'"' => State::Quoted,
            _ if byte == self.delimiter => State::CellStart,
            _ if is_end => State::Between,
            State::Between | State::CellStart | State::Cell | State::Quote => State::Cell,
        }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        if length == 0 && self.state == State::Quoted && !buffer.is_empty() {
            return Err(io::Error::other(Refused::OpenQuote { line: self.record_line }));
        }
        self.watch(&buffer[..length]).map_err(io::Error::other)?;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(bytes: impl Read, limit: usize) -> Option<Refused> {
        let mut guard = Guard::new(bytes, b',', limit);
        let error = io::copy(&mut guard, &mut io::sink()).err()?;
        error.downcast().ok()
    }

    #[test]
    fn a_line_of_300_megabytes_is_refused_after_the_first_one() {
        let mut endless = b"a,b\n1,".chain(io::repeat(b'x').take(300 << 20));
        assert_eq!(refused(&mut endless, 1 << 20), Some(Refused::TooLong { line: 2 }));
        let (_, unread) = endless.into_inner();
        assert!(unread.limit() > 298 << 20, "the rest was not even read");
    }

    #[test]
    fn an_unterminated_quote_is_refused_with_the_line_it_stands_on() {
        assert_eq!(refused(&b"a\n1\n\"open\n2\n3"[..], 100), Some(Refused::OpenQuote { line: 3 }));
        let endless = b"a\n\"".chain(io::repeat(b'\n').take(3 << 20));
        assert_eq!(refused(endless, 1 << 20), Some(Refused::TooLong { line: 2 }));
        assert_eq!(
            refused(&b"a\n5\" pipe,\"closed\"\n"[..], 100),
            None,
            "a quote inside a cell opens nothing"
        );
    }

    proptest! {
        #[test]
        fn the_guard_and_the_parser_agree_on_every_record(text in "[a\",;\r\n]{0,60}") {
            let mut guard = Guard::new(text.as_bytes(), b',', 1_000);
            let is_open = io::copy(&mut guard, &mut io::sink()).is_err();
            let mut parser =
                ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let records: Vec<::csv::ByteRecord> = parser.byte_records().map(Result::unwrap).collect();
            prop_assert_eq!(records.len(), guard.starts.len());
            if !is_open {
                let mut closed = ::csv::ReaderBuilder::new();
                let text = format!("{text}\nx,y");
                let mut parser = closed.has_headers(false).flexible(true).from_reader(text.as_bytes());
                let last = parser.byte_records().map(Result::unwrap).last();
                prop_assert_eq!(last, Some(::csv::ByteRecord::from(vec!["x", "y"])), "no quote was open");
            }
        }
    }
}
