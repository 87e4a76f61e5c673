//! The store on SQLite and on PostgreSQL, through its public door.

mod append;
mod helpers;
mod people;
mod story;
mod undo;
