//! The server as its users meet it: pages, readings, charts, files in, and what bad input is told.

mod bad_input;
mod boston;
mod charts;
mod depth;
mod helpers;
mod import;
mod pages;
