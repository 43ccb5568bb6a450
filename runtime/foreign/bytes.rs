use bytes::{Bytes, BytesMut};

// Bytes with an owner of the user's keep it in a box that is `Send`, so it owns no `Gc`.
super::plain!([] Bytes, [] BytesMut);
