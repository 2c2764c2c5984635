package bailiff.filter;

import bailiff.filter.Node.Member;
import java.util.ArrayList;
import java.util.List;

/** Reads a set of characters in brackets, where {@code [} and {@code &&} stand for themselves. */
final class SetReader {

    private final Cursor in;
    private final Escapes escapes;

    SetReader(Cursor in, Escapes escapes) {
        this.in = in;
        this.escapes = escapes;
    }

    Node read(Flags flags) throws RegexException {
        int start = in.at();
        in.expect("[", "a set");
        boolean negated = in.accept("^");
        List<Member> members = new ArrayList<>();
        while (members.isEmpty() || in.peek() != ']') {
            if (in.atEnd()) {
                throw in.error(start, "a ] that closes this set");
            }
            Member first = member(flags);
            if (in.accept("-")) {
                range(first, flags, members, start);
            } else {
                members.add(first);
            }
        }
        in.expect("]", "]");
        return new Node.Set(List.copyOf(members), negated, flags.letters());
    }

    private Member member(Flags flags) throws RegexException {
        if (in.peek() == '\\') {
            return escapes.inside(flags);
        }
        int codePoint = in.next("a ] that closes the set");
        return new Member.Range(codePoint, codePoint);
    }

    private void range(Member first, Flags flags, List<Member> members, int start) throws RegexException {
        if (in.atEnd()) {
            throw in.error(start, "a ] that closes this set");
        }
        if (in.peek() == ']') {
            members.add(first);
            members.add(new Member.Range('-', '-'));
            return;
        }
        int at = in.at();
        Member last = member(flags);
        if (!(first instanceof Member.Range low && last instanceof Member.Range high) || low.from() > high.to()) {
            throw in.error(at, "a character that ends the range");
        }
        members.add(new Member.Range(low.from(), high.to()));
    }
}
