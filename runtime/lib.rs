//! refcycle
