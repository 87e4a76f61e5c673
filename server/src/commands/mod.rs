//! What the commands do, one file each.

pub mod backup;
pub mod batches;
pub mod demo;
pub mod export;
pub mod import;
pub mod readings;
pub mod serve;
pub mod token;
pub mod user;
pub mod verify;
