//! What a server function answers a page with.
//!
//! The body travels in bytes. The browser then has one kind of answer to wait for, keep and take over from the document,
//! instead of that machinery once for every page; a page reads its own body where it shows it.

use codee::{Decoder, Encoder, binary::PostcardCodec};
use leptos::prelude::AnyView;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thuocdo::address::Address;

use crate::{error::AppError, figures::Figures, pages::Frame};

/// A page's body in its frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framed<T> {
    /// What stands around.
    pub frame: Frame,
    /// The page itself.
    pub body: T,
    /// Its charts.
    pub figures: Figures,
}

/// The same on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What stands around.
    pub frame: Frame,
    body: Vec<u8>,
    figures: Figures,
}

impl Answer {
    /// Puts a page on its way.
    ///
    /// # Errors
    /// When the body cannot be written.
    pub fn of<T: Serialize>(page: &Framed<T>) -> Result<Self, AppError> {
        let body = PostcardCodec::encode(&page.body).map_err(|_| AppError::Unavailable)?;
        Ok(Self { frame: page.frame.clone(), body, figures: page.figures.clone() })
    }

    /// Reads what has come.
    ///
    /// # Errors
    /// When the body cannot be read: client and server are of two versions.
    pub fn read<T: DeserializeOwned>(self) -> Result<Framed<T>, AppError> {
        let Self { frame, body, figures } = self;
        let body = PostcardCodec::decode(&body).map_err(|_| AppError::Unavailable)?;
        Ok(Framed { frame, body, figures })
    }

    /// Shows what has come.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn shown<T: DeserializeOwned>(
        self,
        address: Address,
        body: fn(Framed<T>, Address) -> AnyView,
    ) -> Result<AnyView, AppError> {
        Ok(body(self.read()?, address))
    }
}
