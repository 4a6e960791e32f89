//! Objects and arrays that structs with derived fields read, and that accept any JSON all the same. A field that is unknown, doubled or of an
//! odd type costs nothing but itself.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::wire::{AnyValue, Json, Key, Shape, items_of};

/// What stands where the contract has an object with the fields of `T`.
#[derive(Debug, Hash)]
pub enum Object<'a, T> {
    /// An object.
    Fields {
        /// Its fields that the contract names.
        fields: T,
        /// Whether it has one of these at all.
        is_known: bool,
        /// Its other fields.
        unknown: Vec<(Cow<'a, str>, Json<'a>)>,
    },
    /// Anything else.
    Other(Json<'a>),
}

impl<T> Object<'_, T> {
    /// The fields, if it is an object.
    #[must_use]
    pub fn fields(&self) -> Option<&T> {
        match self {
            Self::Fields { fields, .. } => Some(fields),
            Self::Other(_) => None,
        }
    }

    /// Whether it is null or left out.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Other(Json::Null))
    }
}

impl<T> Default for Object<'_, T> {
    fn default() -> Self {
        Self::Other(Json::Null)
    }
}

impl<'a, T> From<Json<'a>> for Object<'a, T> {
    fn from(json: Json<'a>) -> Self {
        Self::Other(json)
    }
}

impl<'a, T: Deserialize<'a>> Shape<'a> for Object<'a, T> {
    fn of_object<A: MapAccess<'a>>(entries: A) -> Result<Self, A::Error> {
        let mut known = Fields { entries, names: &[], seen: 0, unknown: Vec::new(), error: None };
        let fields = T::deserialize(&mut known);
        match (fields, known.error) {
            (_, Some(error)) => Err(error),
            (Ok(fields), None) => Ok(Self::Fields { fields, is_known: known.seen != 0, unknown: known.unknown }),
            // Never met: a struct of lenient fields, each given at most once, refuses nothing.
            (Err(Refused), None) => Ok(Self::default()),
        }
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Object<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue(PhantomData::<Object<'de, T>>))
    }
}

/// The entries of an object, as a derived struct reads them. It is given the fields that it names, each once, because it would refuse the
/// whole object for a doubled one. The others are kept.
struct Fields<'de, A: MapAccess<'de>> {
    entries: A,
    /// What the struct names its fields, in its order.
    names: &'static [&'static str],
    /// A bit for each name that was met.
    seen: u32,
    unknown: Vec<(Cow<'de, str>, Json<'de>)>,
    /// What the parser could not read.
    error: Option<A::Error>,
}

/// A struct could not be read. It holds no message: nobody reads one, and the code that words it is 1.3 kB of a first visit.
#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no JSON")
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for &mut Fields<'de, A> {
    type Error = Refused;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.names = names;
        visitor.visit_map(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_map(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl<'de, A: MapAccess<'de>> Fields<'de, A> {
    fn refuse(&mut self, error: A::Error) -> Refused {
        self.error = Some(error);
        Refused
    }

    /// The place in `names` of the next field that is there. A derived struct takes it for the name, and needs no second comparison.
    fn next_place(&mut self) -> Result<Option<u64>, A::Error> {
        while let Some(Key(key)) = self.entries.next_key()? {
            let Some(place) = self.names.iter().position(|name| *name == key) else {
                self.unknown.push((key, self.entries.next_value()?));
                continue;
            };
            if self.seen & (1 << place) == 0 {
                self.seen |= 1 << place;
                return Ok(Some(place as u64));
            }
            // The first of a doubled field counts.
            self.entries.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for &mut Fields<'de, A> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        let place = self.next_place().map_err(|error| self.refuse(error))?;
        place.map(|place| seed.deserialize(place.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        self.entries.next_value_seed(seed).map_err(|error| self.refuse(error))
    }
}

/// What stands where the contract has an array of such objects.
#[derive(Debug)]
pub enum Array<'a, T> {
    /// The first [`MAX_ITEMS`] items, and how many more there were.
    Items(Vec<Object<'a, T>>, u64),
    /// Anything else.
    Other(Json<'a>),
}

impl<T> Default for Array<'_, T> {
    fn default() -> Self {
        Self::Other(Json::Null)
    }
}

impl<'a, T> From<Json<'a>> for Array<'a, T> {
    fn from(json: Json<'a>) -> Self {
        Self::Other(json)
    }
}

impl<'a, T: Deserialize<'a>> Shape<'a> for Array<'a, T> {
    fn of_array<A: SeqAccess<'a>>(mut items: A) -> Result<Self, A::Error> {
        let (items, more) = items_of(&mut items)?;
        Ok(Self::Items(items, more))
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Array<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue(PhantomData::<Array<'de, T>>))
    }
}
