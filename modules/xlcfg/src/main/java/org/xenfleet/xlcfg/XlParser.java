package org.xenfleet.xlcfg;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the xl configuration language. Takes and refuses the same texts as the parser of Xen 4.17 and 4.22
 * (xlcfg-grammar part 1), except that it refuses a NUL inside a string, on which the real one aborts, and sets the
 * limit of nesting at 5000 brackets, where the real one's lies between 4900 and 5100.
 */
public final class XlParser {
    /** A list that opens its bracket number MAX_DEPTH is refused. */
    static final int MAX_DEPTH = 5000;

    private final String fileName;
    private final Lexer lexer;
    private final List<XlSetting> settings = new ArrayList<>();
    private final Map<String, Boolean> isList = new HashMap<>();

    private XlParser(String fileName, byte[] content) {
        this.fileName = fileName;
        this.lexer = new Lexer(fileName, content);
    }

    /**
     * Parses a whole file, in time and memory linear in its length; the content is not kept.
     *
     * @param fileName only for messages
     * @throws XlSyntaxException for the first error; there is no partial result
     */
    public static XlFile parse(String fileName, byte[] content) throws XlSyntaxException {
        return new XlParser(fileName, content).file();
    }

    private XlFile file() throws XlSyntaxException {
        while (true) {
            Token token = lexer.next();
            switch (token.kind()) {
                case NEWLINE, SEMICOLON -> {}
                case NAME -> {
                    assignment(token);
                    Token end = lexer.next();
                    if (end.kind() == Token.Kind.END) {
                        return new XlFile(fileName, settings);
                    }
                    if (end.kind() != Token.Kind.NEWLINE && end.kind() != Token.Kind.SEMICOLON) {
                        throw unexpected(end, "the end of the line or ';'", false);
                    }
                }
                case END -> {
                    return new XlFile(fileName, settings);
                }
                default -> throw unexpected(token, "a name", false);
            }
        }
    }

    private void assignment(Token name) throws XlSyntaxException {
        Token operator = lexer.next();
        if (operator.kind() != Token.Kind.ASSIGN && operator.kind() != Token.Kind.APPEND) {
            throw unexpected(operator, "'=' or '+='", false);
        }
        Token first = lexer.next();
        XlValue value = switch (first.kind()) {
            case STRING, NUMBER -> XlValue.Scalar.of(first.text());
            case OPEN -> list(first);
            default -> throw unexpected(first, "a string, a number or '['", true);
        };
        Boolean wasList = isList.put(name.text(), value instanceof XlValue.ListOf);
        if (operator.kind() == Token.Kind.APPEND && wasList != null && wasList != (value instanceof XlValue.ListOf)) {
            throw new XlSyntaxException(
                    fileName,
                    first.line(),
                    name.text(),
                    "can't add [list] to \"string\" or vice versa; '=' would replace the earlier value");
        }
        settings.add(new XlSetting(name.text(), operator.text(), first.line(), value));
    }

    /** Reads up to the bracket that closes this one. */
    private XlValue.ListOf list(Token bracket) throws XlSyntaxException {
        Deque<List<XlValue>> open = new ArrayDeque<>();
        open.push(new ArrayList<>());
        boolean valueDue = true;
        while (true) {
            Token token = lexer.next();
            Token.Kind kind = token.kind();
            if (kind == Token.Kind.CLOSE) {
                XlValue.ListOf closed = new XlValue.ListOf(open.pop());
                if (open.isEmpty()) {
                    return closed;
                }
                open.element().add(closed);
                valueDue = false;
            } else if (valueDue && kind == Token.Kind.OPEN) {
                open.push(new ArrayList<>());
                requireDepth(open.size(), token);
            } else if (valueDue && (kind == Token.Kind.STRING || kind == Token.Kind.NUMBER)) {
                open.element().add(XlValue.Scalar.of(token.text()));
                valueDue = false;
            } else if (!valueDue && kind == Token.Kind.COMMA) {
                valueDue = true;
            } else if (kind != Token.Kind.NEWLINE) {
                throw unexpectedInList(token, bracket, valueDue);
            }
        }
    }

    private void requireDepth(int depth, Token bracket) throws XlSyntaxException {
        if (depth >= MAX_DEPTH) {
            throw new XlSyntaxException(
                    fileName, bracket.line(), "[", "memory exhausted; lists nest to a depth of " + (MAX_DEPTH - 1));
        }
    }

    private XlSyntaxException unexpectedInList(Token found, Token bracket, boolean valueDue) {
        if (found.kind() == Token.Kind.END) {
            return unexpected(found, "']', for the '[' of line " + bracket.line(), false);
        }
        return unexpected(found, valueDue ? "a value or ']'" : "',' or ']'", valueDue);
    }

    private XlSyntaxException unexpected(Token found, String expected, boolean valueDue) {
        String what = "syntax error, unexpected " + found.kind().label() + ", expecting " + expected;
        return new XlSyntaxException(fileName, found.line(), found.text(), what + Advice.onUnexpected(found, valueDue));
    }
}
