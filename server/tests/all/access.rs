//! Who may what: the table of every route, role and agency; and the attacks that the door has to stand.

mod attacks;
mod lives;
mod openid;
mod own_data;
mod provider;
mod public;
mod rules;
mod visit;
