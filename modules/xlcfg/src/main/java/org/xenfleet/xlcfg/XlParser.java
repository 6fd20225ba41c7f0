package org.xenfleet.xlcfg;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the xl configuration language. Takes and refuses the same texts as the parser of Xen 4.17 and 4.22
 * (xlcfg-grammar part 1), except that it refuses a NUL inside a string, on which the real one aborts. For one file.
 */
public final class XlParser {
    private final String fileName;
    private final Lexer lexer;
    private final List<XlSetting> settings = new ArrayList<>();
    private final Map<String, Boolean> isList = new HashMap<>();
    private final Repeated repeated = new Repeated();

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
            case STRING, NUMBER -> repeated.scalar(first.text());
            case OPEN -> list(first);
            default -> throw unexpected(first, "a string, a number or '['", true);
        };
        boolean appends = operator.kind() == Token.Kind.APPEND;
        int end = lexer.lastTokenLine();
        Boolean wasList = isList.put(name.text(), value instanceof XlValue.ListOf);
        if (appends && wasList != null && wasList != (value instanceof XlValue.ListOf)) {
            throw new XlSyntaxException(
                    fileName,
                    end,
                    name.text(),
                    "can't add [list] to \"string\" or vice versa; '=' would replace the earlier value");
        }
        settings.add(new XlSetting(
                repeated.text(name.text()), appends ? XlSetting.APPEND : XlSetting.ASSIGN, first.line(), value));
    }

    /** Reads up to the bracket that closes this one. */
    private XlValue.ListOf list(Token bracket) throws XlSyntaxException {
        ParserStack stack = new ParserStack();
        Deque<List<XlValue>> open = new ArrayDeque<>();
        open.push(new ArrayList<>());
        requireRoom(stack.open(), bracket);
        boolean valueDue = true;
        while (true) {
            Token token = lexer.next();
            Token.Kind kind = token.kind();
            if (kind == Token.Kind.CLOSE) {
                requireRoom(stack.close(), token);
                XlValue.ListOf closed = new XlValue.ListOf(open.pop());
                if (open.isEmpty()) {
                    return closed;
                }
                open.element().add(closed);
                valueDue = false;
            } else if (valueDue && kind == Token.Kind.OPEN) {
                open.push(new ArrayList<>());
                requireRoom(stack.open(), token);
            } else if (valueDue && (kind == Token.Kind.STRING || kind == Token.Kind.NUMBER)) {
                open.element().add(repeated.scalar(token.text()));
                requireRoom(stack.item(), token);
                valueDue = false;
            } else if (!valueDue && kind == Token.Kind.COMMA) {
                requireRoom(stack.comma(), token);
                valueDue = true;
            } else if (kind == Token.Kind.NEWLINE) {
                requireRoom(stack.newline(), token);
            } else {
                throw unexpectedInList(token, bracket, valueDue);
            }
        }
    }

    /** For a newline xl names the line before, and here only that line is right: it is no unexpected one. */
    private void requireRoom(boolean room, Token token) throws XlSyntaxException {
        if (!room) {
            int line = token.line() - (token.kind() == Token.Kind.NEWLINE ? 1 : 0);
            throw new XlSyntaxException(
                    fileName, line, token.text(), "memory exhausted; the lists nest too deep for xl");
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
