//! The hash of keys.

use std::collections::HashSet;
use std::hash::Hasher;

use log_backup_panel::domain::hash::{Fnv, hash_of};

#[test]
fn it_is_fnv_1a() {
    // From the test vectors of its authors.
    for (text, hash) in
        [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8_u64)]
    {
        let mut hasher = Fnv::default();
        hasher.write(text.as_bytes());
        assert_eq!(hasher.finish(), hash, "{text}");
    }
}

#[test]
fn numbers_of_few_bits_and_their_order_are_told_apart() {
    let pairs = (0..64u64).flat_map(|a| (0..64u64).map(move |b| hash_of(&(a, b))));
    assert_eq!(pairs.collect::<HashSet<_>>().len(), 64 * 64);
}
