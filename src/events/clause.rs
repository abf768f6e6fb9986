//! The clause around a trigger: its subject, its object and what prepositions attach to it.
//!
//! News puts much between a subject and its verb: titles, appositions, relative clauses, "in cooperation with …". The
//! way from a verb to its subject is therefore from the clause's begin, not from the verb: the first noun phrase that
//! no preposition governs.

use super::rows::{self, Row};
use super::syntax::{Chunk, ChunkKind as K, Sheet, Tag, verb};
use super::words::{self, Words, flag};
use crate::entities::{Entities, EntityType, Mention};
use crate::token::{Token, form};

/// The heads of a list of noun phrases, as chunk numbers. Longer lists are cut: no event needs its ninth party.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heads {
    list: [usize; 8],
    len: usize,
}

impl Heads {
    fn push(&mut self, at: usize) {
        if self.len < self.list.len() && (self.len == 0 || self.list[self.len - 1] != at) {
            self.list[self.len] = at;
            self.len += 1;
        }
    }
}

impl std::ops::Deref for Heads {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        &self.list[..self.len]
    }
}

impl std::ops::DerefMut for Heads {
    fn deref_mut(&mut self) -> &mut [usize] {
        &mut self.list[..self.len]
    }
}

/// A parsed sentence with everything needed to read it.
#[derive(Clone, Copy)]
pub struct Clause<'a> {
    pub sheet: &'a Sheet,
    pub words: &'a Words,
    pub tokens: &'a [Token],
    pub entities: &'a Entities,
}

impl<'a> Clause<'a> {
    #[inline]
    pub fn chunk(&self, at: usize) -> &'a Chunk {
        &self.sheet.chunks[at]
    }

    #[inline]
    pub fn kind(&self, at: usize) -> Option<K> {
        self.sheet.chunks.get(at).map(|c| c.kind)
    }

    #[inline]
    pub fn flags(&self, token: u32) -> u32 {
        self.words.of(&self.tokens[token as usize]).flags
    }

    /// The number of a token's word in the dictionary.
    #[inline]
    pub fn word(&self, token: u32) -> u32 {
        self.tokens[token as usize].word
    }

    #[inline]
    pub fn is_nominal(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(K::Noun | K::Pronoun))
    }

    /// Whether a chunk is one of the prepositions that rules may name.
    #[inline]
    pub fn is_preposition(&self, at: usize, preposition: u8) -> bool {
        self.kind(at) == Some(K::Preposition) && self.chunk(at).preposition == preposition
    }

    pub fn is_verb(&self, at: usize, bits: u16) -> bool {
        self.kind(at) == Some(K::Verb) && self.chunk(at).verb & bits != 0
    }

    /// A finite verb group: one that has a subject of its own.
    #[inline]
    pub fn is_finite(&self, at: usize) -> bool {
        self.sheet.rows.has(at, Row::finite)
    }

    /// Whether a bare participle only describes the noun before it: "drugs seized in the raid were burnt".
    #[inline]
    pub fn is_reduced(&self, at: usize) -> bool {
        self.sheet.rows.has(at, |r| r.reduced)
    }

    /// The subject of a verb group: its first noun phrase and where its region ends.
    pub fn subject(&self, at: usize, depth: u8) -> Option<(usize, usize)> {
        if depth > 4 {
            return None;
        }
        let chunk = self.chunk(at);
        let before = at.checked_sub(1);
        if chunk.verb & verb::INFINITIVE != 0 {
            return self.controller(at, depth);
        }
        if chunk.verb & verb::ING != 0 {
            return self.subject_of_participle(at, depth);
        }
        let before = before?;
        match self.kind(before)? {
            K::Relative => {
                let mut head = before.checked_sub(1)?;
                if self.kind(head) == Some(K::Comma) {
                    head = head.checked_sub(1)?;
                }
                // "the raid, in which": a preposition stands before the pronoun.
                if self.kind(head) == Some(K::Preposition) || !self.is_nominal(head) {
                    return None;
                }
                // "an attack in Riga that killed": a place where something was does nothing.
                while head >= 2
                    && self.kind(head - 1) == Some(K::Preposition)
                    && words::OF_PLACE >> self.chunk(head - 1).preposition & 1 != 0
                    && self.is_nominal(head - 2)
                    && self.is_place(head)
                {
                    head -= 2;
                }
                return Some((head, head + 1));
            }
            K::Conjunction => {
                if let Some(verb) = self.verb_left(before) {
                    return self.subject(verb, depth + 1);
                }
                return None;
            }
            _ => {}
        }
        let begin = self.clause_begin(at);
        if self.is_verb(begin, verb::ING) && begin < at {
            return self.after_participle(begin, at);
        }
        self.first_free(begin, at).map(|np| (self.past_opening(np, at), at))
    }

    /// The subject of the verb `at` where a phrase of time or circumstance opens its clause: "Weeks before the vote, Norway
    /// sent", "Hours earlier Norway sent", "In that case, Norway would send".
    fn past_opening(&self, np: usize, at: usize) -> usize {
        if self.is_agent(np) {
            return np;
        }
        let rows = &self.sheet.rows;
        let is_bare = |from: usize| rows.within(from, at, |r| r.of(K::Verb)).is_none();
        if self.is_nominal(np + 1) && np + 1 < at && self.is_agent(np + 1) && is_bare(np + 2) {
            return np + 1;
        }
        let comma = rows.within(np + 1, at, |r| r.of(K::Comma));
        let apart = |r: &Row| r.of(K::Verb) | r.of(K::Relative) | r.of(K::Quoted) | r.of(K::Dash);
        let opened = comma.filter(|&comma| rows.within(np + 1, comma, apart).is_none());
        let named = opened.and_then(|comma| self.first_free(comma + 1, at)).filter(|&named| self.is_agent(named));
        named.unwrap_or(np)
    }

    /// "Praising her work, Kalna said": the subject of the main verb stands behind a comma.
    fn after_participle(&self, participle: usize, main: usize) -> Option<(usize, usize)> {
        let comma = (participle..main)
            .rev()
            .find(|&i| self.kind(i) == Some(K::Comma) && self.is_nominal(i + 1) && self.is_agent(i + 1));
        let first = (participle..main).find(|&i| {
            self.kind(i) == Some(K::Comma) && self.first_free(i + 1, main).is_some_and(|np| self.is_agent(np))
        });
        let comma = first.or(comma)?;
        self.first_free(comma + 1, main).map(|np| (np, main))
    }

    /// Where the clause of a finite verb begins: after what binds it, past clauses that hang inside it.
    fn clause_begin(&self, at: usize) -> usize {
        let rows = &self.sheet.rows;
        if let Some(row) = rows.whole() {
            return self.clause_begin_in(row, at);
        }
        let bounds = |r: &Row| r.of(K::Stop) | r.of(K::Subordinator) | r.of(K::Quoted) | r.of(K::Relative);
        let joints = |r: &Row| r.of(K::Comma) | r.of(K::Conjunction);
        let mut joint = None;
        let mut end = at;
        while let Some(i) = rows.last(end, |r| bounds(r) | joints(r) | r.finite()) {
            end = i;
            match self.chunk(i).kind {
                K::Relative => {
                    // The relative clause's own verb lies between: pass over the clause. Otherwise this is it.
                    if rows.within(i + 1, at, Row::finite).is_none() {
                        return i + 1;
                    }
                    joint = None;
                }
                K::Comma | K::Conjunction => joint = Some(i),
                K::Verb => {
                    if self.in_relative(i) {
                        continue;
                    }
                    let says = self.flags(self.chunk(i).head) & flag::REPORT != 0;
                    return joint.filter(|_| !says).unwrap_or(i) + 1;
                }
                _ => return i + 1,
            }
        }
        0
    }

    /// [`Clause::clause_begin`] of a sentence of one row.
    fn clause_begin_in(&self, row: &Row, at: usize) -> usize {
        let before = !rows::since(at);
        let relatives = row.of(K::Relative) & before;
        let breaks = row.of(K::Comma) | row.of(K::Stop);
        // Two or three behind the pronoun stands its verb behind a subject of its own.
        let near = (relatives << 1 | relatives << 2 & !(breaks << 1)) | relatives << 3 & !(breaks << 1 | breaks << 2);
        let finite = row.finite() & before;
        let verbs = finite & !near;
        // A pronoun before no verb opens this clause.
        let opening = relatives & !(rows::below_last(finite));
        let bounds = (row.of(K::Stop) | row.of(K::Subordinator) | row.of(K::Quoted)) & before | opening;
        let Some(end) = rows::last(verbs | bounds) else { return 0 };
        let inside = rows::since(end + 1);
        let joints = (row.of(K::Comma) | row.of(K::Conjunction)) & before & inside;
        let joint = joints.trailing_zeros() as usize;
        // What joins behind a relative clause joins inside it.
        let hung = (relatives & inside).trailing_zeros() as usize;
        let joins = verbs >> end & 1 != 0 && joint < hung;
        if joins && self.flags(self.chunk(end).head) & flag::REPORT == 0 { joint + 1 } else { end + 1 }
    }

    /// Whether a finite verb stands in a relative clause: its pronoun is right before, or before its own subject.
    fn in_relative(&self, at: usize) -> bool {
        let near = self.sheet.rows.last(at, |r| r.of(K::Relative) | r.of(K::Comma) | r.of(K::Stop));
        near.is_some_and(|i| i + 3 >= at && self.chunk(i).kind == K::Relative)
    }

    /// The first noun phrase in a region that no preposition governs.
    fn first_free(&self, begin: usize, end: usize) -> Option<usize> {
        let rows = &self.sheet.rows;
        if let Some(row) = rows.whole() {
            let (region, nominal) = (rows::span(begin, end), row.nominal());
            // "in Tallinn and Riga": the preposition governs the whole list, up to a comma.
            let listed = nominal & row.of(K::Conjunction) >> 1;
            let mut prepositions = row.of(K::Preposition);
            // "at least 12 people": most often what the sentence begins with.
            if let Some(first) = rows::first(prepositions & region).filter(|&i| self.bounds_count(i)) {
                prepositions &= !(1 << first);
            }
            let governing = (prepositions | listed) & region;
            let apart = !(row.of(K::Preposition) | row.of(K::Time) | nominal);
            return rows::first(nominal & region & !rows::behind(governing, apart));
        }
        let set = |r: &Row| r.of(K::Preposition) | r.of(K::Noun) | r.of(K::Pronoun) | r.of(K::Time);
        let mut governed = false;
        let mut from = begin;
        while let Some(i) = rows.within(from, end, set) {
            match self.chunk(i).kind {
                K::Preposition => governed = !self.bounds_count(i),
                K::Time => governed = false,
                _ if !governed => return Some(i),
                // "in Tallinn and Riga": the preposition governs the whole list, up to a comma.
                _ => governed = self.kind(i + 1) == Some(K::Conjunction),
            }
            from = i + 1;
        }
        None
    }

    /// Nearest verb group to the left in the same clause.
    pub fn verb_left(&self, at: usize) -> Option<usize> {
        let near = self.sheet.rows.last(at, |r| r.of(K::Verb) | r.of(K::Stop));
        near.filter(|&i| self.chunk(i).kind == K::Verb)
    }

    /// The subject of an infinitive: that of the verb that governs it, or that verb's object ("urged her to go").
    fn controller(&self, at: usize, depth: u8) -> Option<(usize, usize)> {
        let governor = self.verb_left(at)?;
        self.subject(governor, depth + 1)
    }

    fn subject_of_participle(&self, at: usize, depth: u8) -> Option<(usize, usize)> {
        let rows = &self.sheet.rows;
        let opens = rows.last(at, |r| !(r.of(K::Preposition) | r.of(K::Conjunction) | r.of(K::Subordinator)));
        let before = at.checked_sub(1).and_then(|b| self.kind(b));
        if opens.is_none_or(|i| self.kind(i) == Some(K::Stop)) {
            // "Praising her work, Kalna said": the subject of the main clause, after the comma.
            let comma = rows.next(at, |r| r.of(K::Comma))?;
            let main = rows.next(comma + 1, Row::finite)?;
            return self.after_participle(at, main);
        }
        if matches!(before, Some(K::Noun | K::Pronoun)) {
            // "with both ministers praising": the noun phrase right before.
            let np = at - 1;
            if np > 0 && self.chunk(np - 1).preposition == words::WITH {
                return Some((np, at));
            }
        }
        // "…, who was there, saying": who says so is the main clause's subject.
        let says = before == Some(K::Comma) && self.flags(self.chunk(at).head) & flag::REPORT != 0;
        let stop = || rows.last(at, |r| r.of(K::Stop)).map_or(0, |stop| stop + 1);
        let main = says.then(|| rows.within(stop(), at, Row::finite)).flatten();
        let mut governor = main.filter(|&main| !self.in_relative(main)).or_else(|| self.verb_left(at))?;
        // "left a town that burnt after shelling it": what "after" binds is no part of the relative clause.
        if before == Some(K::Preposition) && words::OF_CLAUSE >> self.chunk(at - 1).preposition & 1 != 0 {
            while self.in_relative(governor) {
                governor = self.verb_left(governor)?;
            }
        }
        self.subject(governor, depth + 1)
    }

    /// One past the last chunk that can belong to a verb or noun at `at`.
    pub fn right_end(&self, at: usize) -> usize {
        let rows = &self.sheet.rows;
        let bounds =
            |r: &Row| r.of(K::Stop) | r.of(K::Subordinator) | r.of(K::Relative) | r.of(K::Quoted) | r.telling();
        // "the role played by the force" still belongs to the role.
        let Some(end) = rows.next(at + 1, bounds) else { return self.sheet.chunks.len() };
        // "…, and Norway agreed": the next verb's own subject is no part of this.
        if self.is_finite(end) && end > at + 1 && self.is_nominal(end - 1) {
            let joint = rows.last(end - 1, |r| r.of(K::Comma) | r.of(K::Conjunction));
            return joint.filter(|j| *j > at).unwrap_or(end);
        }
        end
    }

    /// The direct object of a verb group. A time may stand before it: "vetoed on Friday a resolution".
    #[inline]
    pub fn object(&self, at: usize) -> Option<usize> {
        let mut next = at + 1;
        if self.is_nominal(next) {
            return Some(next);
        }
        if self.bounds_count(next) {
            return Some(next + 1);
        }
        if self.kind(next) == Some(K::Preposition) {
            next += 1;
        }
        (self.kind(next) == Some(K::Time) && self.is_nominal(next + 1)).then_some(next + 1)
    }

    /// Whether a preposition only bounds a count: "at least 12 people were killed".
    fn bounds_count(&self, at: usize) -> bool {
        self.is_preposition(at, words::AT)
            && self.kind(at + 1) == Some(K::Noun)
            && self.flags(self.chunk(at + 1).first) & flag::QUANTITY != 0
    }

    /// The particle of a verb group: the word behind it ("called off the strike") or behind its object ("called the
    /// strike off").
    pub fn particle(&self, at: usize) -> Option<u32> {
        let place = at + 1 + usize::from(self.is_nominal(at + 1));
        (self.kind(place) == Some(K::Preposition)).then(|| self.chunk(place).head)
    }

    /// The object of a verb with a particle.
    pub fn object_behind_particle(&self, at: usize) -> Option<usize> {
        let next = at + 1;
        self.is_nominal(next).then_some(next).or_else(|| {
            self.particle(at)?;
            self.is_nominal(next + 1).then_some(next + 1)
        })
    }

    /// The noun phrase after a preposition, to the right of `at` and before `end`.
    pub fn after(&self, at: usize, end: usize, preposition: u8) -> Option<usize> {
        self.after_any(at, end, 1 << preposition)
    }

    /// The same after the first of some prepositions, as bits.
    pub fn after_any(&self, at: usize, end: usize, prepositions: u32) -> Option<usize> {
        // Of many prepositions the sum takes longer than the walk.
        if let Some(row) = self.sheet.rows.whole().filter(|_| prepositions.is_power_of_two()) {
            let governing = row.any_preposition(prepositions) & row.nominal() >> 1 & rows::span(at + 1, end);
            return rows::first(governing).map(|at| at + 1);
        }
        let mut from = at + 1;
        while let Some(i) = self.sheet.rows.within(from, end, |r| r.of(K::Preposition)) {
            from = i + 1;
            if prepositions >> self.chunk(i).preposition & 1 != 0 && self.is_nominal(from) {
                return Some(from);
            }
        }
        None
    }

    /// Splits a region that begins with a noun phrase into the heads of its list, appositions resolved.
    ///
    /// "the minister of X, Marta Ilves, and Y" has two: Marta Ilves, and Y.
    pub fn list(&self, first: usize, end: usize, out: &mut Heads) {
        let from = out.len();
        out.push(first);
        // Only what joins, breaks or governs adds to it or stands for it.
        let joints = |r: &Row| r.of(K::Preposition) | r.of(K::Conjunction) | r.of(K::Comma) | r.of(K::Dash);
        if self.sheet.rows.within(first + 1, end, joints).is_none() {
            return;
        }
        let mut joined = false;
        let mut broken = false;
        // A prepositional phrase stands between: what "and" adds may belong to it.
        let mut hanging = false;
        // It says where or from where: "nine men in Riga".
        let mut placed = false;
        let mut i = first + 1;
        let listed = self.sheet.rows.within(first, end, |r| r.of(K::Conjunction)).is_some();
        let breaks = self.sheet.rows.within(first + 1, end, |r| r.of(K::Comma)).is_some();
        if breaks && self.names_person(first).is_none() {
            self.prefer_person(first, end, from, out);
        }
        while i < end {
            match self.kind(i) {
                Some(K::Conjunction) => joined = true,
                Some(K::Comma | K::Dash) => broken = true,
                Some(K::Preposition) if joined || broken => {
                    // ", in cooperation with X": parties too, at the same level.
                    let jointly =
                        self.kind(i + 1) == Some(K::Noun) && self.flags(self.chunk(i + 1).head) & flag::JOINTLY != 0;
                    if jointly && let Some(with) = self.after(i + 1, end, words::WITH).filter(|w| *w == i + 3) {
                        let mut j = with;
                        out.push(j);
                        while matches!(self.kind(j + 1), Some(K::Conjunction | K::Preposition)) && j + 2 < end {
                            if self.kind(j + 1) == Some(K::Conjunction) && self.is_nominal(j + 2) {
                                out.push(j + 2);
                            }
                            j += 2;
                        }
                        i = j + 1;
                        (joined, broken) = (false, false);
                        continue;
                    }
                    i += 1;
                    (joined, broken) = (false, false);
                }
                Some(K::Preposition) => {
                    let places = words::OF_PLACE | 1 << words::FROM;
                    placed =
                        places >> self.chunk(i).preposition & 1 != 0 && self.is_nominal(i + 1) && self.is_place(i + 1);
                    i += 1;
                    hanging = true;
                    // "of Latvia Marta Ilves": a name that follows what the preposition governs.
                    if self.is_nominal(i) && self.names_after_place(i) {
                        let last = out.len() - 1;
                        if self.names_person(out[last]).is_some() && listed {
                            // "Marta Ilves, envoy of Latvia Juris Ozols and …": the next of a list.
                            out.push(i);
                        } else if self.names_person(out[last]).is_none() || out[last] == i {
                            out[last] = i;
                            // "the minister and head of customs Marta Ilves": two offices of one person.
                            if last > from && self.is_vacant(out[last - 1]) {
                                out[last - 1] = i;
                                out.len -= 1;
                            }
                        }
                    }
                }
                Some(K::Noun | K::Pronoun) if joined || broken => {
                    let last = *out.last().unwrap_or(&first);
                    let person = self.names_person(i).is_some();
                    let apposition =
                        broken && !joined && (!listed || self.is_indefinite(i) && !self.is_indefinite(last));
                    if broken
                        && !joined
                        && person
                        && self.names_person(last).is_none()
                        && (apposition || self.takes_name(last))
                    {
                        let at = out.len() - 1;
                        out[at] = i;
                    } else if apposition
                        || (broken
                            && !joined
                            && !person
                            && self.names_person(last).is_some()
                            && !self.names_something(i))
                    {
                        // A role behind a name.
                    } else if !hanging || self.is_agent(i) && !(placed && self.is_place(i)) {
                        // "nine men in Riga and Tartu" are no men and Tartu.
                        out.push(i);
                    }
                    (joined, broken) = (false, false);
                }
                Some(K::Verb) if !self.is_reduced(i) => break,
                _ => {}
            }
            i += 1;
        }
    }

    /// Whether a phrase begins with an article that does not point back: "a victory".
    fn is_indefinite(&self, at: usize) -> bool {
        let first = self.chunk(at).first;
        self.sheet.tag(first) == Tag::Determiner && self.flags(first) & (flag::DEFINITE | flag::TWO) == 0
    }

    /// "The envoy of Norway, Marta Ilves": where an apposition names who a phrase is, the name stands for it.
    fn prefer_person(&self, first: usize, end: usize, at: usize, out: &mut Heads) {
        let mut i = first + 1;
        while i + 1 < end.min(self.sheet.chunks.len()) {
            match self.kind(i) {
                Some(K::Preposition | K::Noun) => {}
                Some(K::Conjunction) => {}
                Some(K::Comma) if self.names_person(i + 1).is_some() => {
                    let joined = (first..i).any(|j| self.kind(j) == Some(K::Conjunction));
                    if !joined || self.takes_name(first) {
                        out[at] = i + 1;
                    }
                    return;
                }
                _ => return,
            }
            i += 1;
        }
    }

    /// Whether a phrase is an office that a name may follow: "the envoy", a country in a list of ministers.
    fn takes_name(&self, at: usize) -> bool {
        let chunk = self.chunk(at);
        self.is_office(chunk.head) || self.mention(chunk.head).is_some_and(|m| m.kind != EntityType::Person)
    }

    /// Whether a phrase names a place.
    pub fn is_place(&self, np: usize) -> bool {
        self.mention(self.chunk(np).head).is_some_and(|m| m.kind.is_place())
    }

    fn names_something(&self, at: usize) -> bool {
        let chunk = self.chunk(at);
        self.mention(chunk.head).is_some()
    }

    /// Whether a phrase names an office and nobody in it.
    fn is_vacant(&self, at: usize) -> bool {
        self.kind(at) == Some(K::Noun) && self.is_office(self.chunk(at).head) && self.names_person(at).is_none()
    }

    /// Whether a token names an office: a title or role that somebody bears.
    #[inline]
    pub fn is_office(&self, token: u32) -> bool {
        self.flags(token) & flag::OFFICE != 0
    }

    /// The mention of a person that heads a phrase. Letters for an honour may follow the name.
    pub fn names_person(&self, at: usize) -> Option<&'a Mention> {
        let chunk = self.sheet.chunks.get(at).filter(|c| c.kind == K::Noun)?;
        let mut token = chunk.head;
        loop {
            if let Some(mention) = self.mention(token) {
                return (mention.kind == EntityType::Person).then_some(mention);
            }
            if token == chunk.first || !self.tokens[token as usize].is(form::ALL_CAPITALS) {
                return None;
            }
            token -= 1;
        }
    }

    /// The mention that names a phrase: that of its head, or of the person before letters for an honour.
    #[inline]
    pub fn named_by(&self, at: usize) -> Option<&'a Mention> {
        let head = self.chunk(at).head;
        let honour = || self.tokens[head as usize].is(form::ALL_CAPITALS);
        self.mention(head).or_else(|| if honour() { self.names_person(at) } else { None })
    }

    /// Whether a phrase under a preposition ends in a name that the preposition does not govern: "of Latvia Marta
    /// Ilves", "of Customs Marta Ilves", but not "of President Marta Ilves".
    fn names_after_place(&self, at: usize) -> bool {
        let chunk = self.chunk(at);
        let Some(person) = self.names_person(at) else { return false };
        let Some(before) = person.first.checked_sub(1).filter(|t| *t >= chunk.first) else { return false };
        let token = &self.tokens[before as usize];
        !self.is_office(before)
            && token.form & form::WORD != 0
            && (token.is(form::CAPITAL) || self.mention(before).is_some())
    }

    /// The mention that covers a token, with its number.
    #[inline]
    pub fn numbered(&self, token: u32) -> Option<(u32, &'a Mention)> {
        self.sheet.cover.at(token, &self.entities.mentions)
    }

    /// The mention that covers a token.
    #[inline]
    pub fn mention(&self, token: u32) -> Option<&'a Mention> {
        self.numbered(token).map(|(_, mention)| mention)
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::Catalogue;
    use super::super::rows::{ROW, Rows};
    use super::super::sample::random;
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::token::Tokens;

    #[test]
    fn what_is_summed_over_a_row_is_what_a_walk_finds() {
        let dictionary = Dictionary::open(crate::gazetteer::shipped()).expect("the lists are sound");
        let rules = dictionary.text("events").expect("the lists carry the catalogue");
        let words = Words::new(&dictionary, &Catalogue::read(rules).expect("the catalogue is sound"));
        let mut tokens = Tokens::default();
        tokens.tokenize(&"said boat told river ".repeat(ROW / 4));
        dictionary.annotate(&mut tokens);
        let entities = Entities::default();
        let mut random = random(3);
        const KINDS: [K; 13] = [
            K::Verb,
            K::Verb,
            K::Noun,
            K::Pronoun,
            K::Preposition,
            K::Conjunction,
            K::Subordinator,
            K::Relative,
            K::Time,
            K::Comma,
            K::Dash,
            K::Stop,
            K::Quoted,
        ];
        for _ in 0..20_000 {
            let kinds: Vec<K> = (0..1 + random(8)).map(|_| KINDS[random(KINDS.len())]).collect();
            let count = 1 + random(ROW);
            let mut row = Row::default();
            let chunk = |at: usize, kind: K, verb: u16, preposition: u8| {
                let first = at as u32;
                Chunk { kind, first, end: first + 1, head: first, verb, preposition }
            };
            let chunks: Vec<Chunk> = (0..count)
                .map(|at| {
                    let kind = kinds[random(kinds.len())];
                    let bits = if kind == K::Verb { [0, 0, verb::ING, verb::INFINITIVE][random(4)] } else { 0 };
                    let preposition = if kind == K::Preposition { random(4) as u8 } else { 0 };
                    row.note(at, kind, bits);
                    if kind == K::Preposition {
                        row.note_preposition(at, preposition);
                    }
                    chunk(at, kind, bits, preposition)
                })
                .collect();
            let sheet = |more: bool| {
                let mut rows = Rows::default();
                rows.push(row);
                // A second row, and be it empty, takes a walk.
                if more {
                    rows.push(Row::default());
                }
                Sheet { chunks: chunks.clone(), rows, ..Sheet::default() }
            };
            let (one, two) = (sheet(false), sheet(true));
            let of = |sheet| Clause { sheet, words: &words, tokens: &tokens, entities: &entities };
            let (summed, walked) = (of(&one), of(&two));
            let (at, other) = (random(count), random(count + 1));
            let (from, end) = (at.min(other), at.max(other));
            assert_eq!(summed.clause_begin(at), walked.clause_begin(at), "{at} of {chunks:?}");
            assert_eq!(summed.first_free(from, end), walked.first_free(from, end), "{from}..{end} of {chunks:?}");
            let prepositions = 1 + random(15) as u32;
            let after = |clause: &Clause<'_>| clause.after_any(from, end, prepositions);
            assert_eq!(after(&summed), after(&walked), "{prepositions:b} in {from}..{end} of {chunks:?}");
        }
    }
}
