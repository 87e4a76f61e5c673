//! The official report forms, as they are printed.

pub mod ii_06a;
pub mod ii_07b;
