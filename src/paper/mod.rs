//! Pages and slips.
