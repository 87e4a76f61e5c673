//! What can be pointed at in a drawing, as `thuocdo::charts::with_regions` wrote it into the SVG.

use leptos::{wasm_bindgen::JsCast as _, web_sys::Element};

/// One point, row or cell of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Which point, row or cell of the data.
    pub item: usize,
    /// Where its mark is, in per cent of the drawing's width and height.
    pub at: (i32, i32),
}

impl Region {
    /// The region an element is, if it is one.
    #[must_use]
    pub fn of(element: &Element) -> Option<Self> {
        let item = element.get_attribute("data-item")?.parse().ok()?;
        let at = element.get_attribute("data-at")?;
        let (left, top) = at.split_once(' ')?;
        Some(Self { item, at: (left.parse().ok()?, top.parse().ok()?) })
    }
}

/// All regions of the drawing that is shown.
pub struct Regions {
    group: Element,
    /// How many there are.
    pub count: usize,
    /// How many a step down skips.
    pub across: usize,
}

impl Regions {
    /// Those of the one drawing in an element that has room on the screen.
    #[must_use]
    pub fn shown_in(element: &Element) -> Option<Self> {
        let drawings = element.children();
        let shown = (0..drawings.length())
            .filter_map(|place| drawings.item(place))
            .find(|drawing| drawing.get_bounding_client_rect().width() > 0.0)?;
        let group = shown.get_elements_by_class_name("hits").item(0)?.dyn_into::<Element>().ok()?;
        let across = group.get_attribute("data-across").and_then(|across| across.parse().ok());
        let count = usize::try_from(group.child_element_count()).unwrap_or(0);
        Some(Self { group, count, across: across.unwrap_or(1) })
    }

    /// The region at a place, in the order of the arrow keys.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Region> {
        Region::of(&self.group.children().item(u32::try_from(place).ok()?)?)
    }

    /// The place of an item.
    #[must_use]
    pub fn place_of(&self, item: usize) -> Option<usize> {
        (0..self.count).find(|place| self.get(*place).is_some_and(|region| region.item == item))
    }
}
