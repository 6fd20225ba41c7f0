package org.xenfleet.xlcfg;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a file into tokens, one per call; for one thread. Looks at every byte a bounded number of times.
 * Source: xlcfg-grammar sections 1.1 and 1.5.
 */
final class Lexer {
    /** No text makes the lexer look at its bytes more often than this, each; a test holds it to that. */
    static final int MOST_LOOKS = 8;

    private final String fileName;
    private final byte[] content;
    private int at;
    private int line = 1;
    private int lastTokenLine = 1;
    private long looks;

    Lexer(String fileName, byte[] content) {
        this.fileName = fileName;
        this.content = content;
    }

    /** The next token; after the last one END, as often as it is called. */
    Token next() throws XlSyntaxException {
        while (at < content.length) {
            int start = at;
            int c = byteAt(at);
            if (c == ' ' || c == '\t') {
                at++;
            } else if (isLower(c)) {
                return word(Token.Kind.NAME);
            } else if (isDigit(c)) {
                return word(Token.Kind.NUMBER);
            } else if (c == '"' || c == '\'') {
                int close = closingQuote(start);
                if (close >= 0) {
                    return string(start, close);
                }
                illegal(start);
            } else if (c == '\n' || c == '#') {
                int end = endOfLine(start);
                if (end < content.length) {
                    at = end + 1;
                    return newline();
                }
                illegal(start);
            } else {
                Token mark = mark(c);
                if (mark != null) {
                    return mark;
                }
                illegal(start);
            }
        }
        return new Token(Token.Kind.END, "", lastTokenLine);
    }

    /** The line of the token that came last, 1 before the first. */
    int lastTokenLine() {
        return lastTokenLine;
    }

    private Token token(Token.Kind kind, String text) {
        lastTokenLine = line;
        return new Token(kind, text, line);
    }

    private Token newline() {
        Token newline = token(Token.Kind.NEWLINE, "\n");
        line++;
        return newline;
    }

    private Token word(Token.Kind kind) {
        int start = at;
        while (at < content.length && belongs(byteAt(at), kind)) {
            at++;
        }
        return token(kind, text(start, at));
    }

    private static boolean belongs(int c, Token.Kind kind) {
        return kind == Token.Kind.NAME
                ? isLower(c) || isDigit(c) || c == '_' || c == '.'
                : isDigit(c) || (c >= 'a' && c <= 'f') || c == 'x';
    }

    private @Nullable Token mark(int c) {
        Token.@Nullable Kind kind = switch (c) {
            case '=' -> Token.Kind.ASSIGN;
            case '[' -> Token.Kind.OPEN;
            case ']' -> Token.Kind.CLOSE;
            case ',' -> Token.Kind.COMMA;
            case ';' -> Token.Kind.SEMICOLON;
            case '+' -> at + 1 < content.length && byteAt(at + 1) == '=' ? Token.Kind.APPEND : null;
            default -> null;
        };
        if (kind == null) {
            return null;
        }
        int start = at;
        at += kind == Token.Kind.APPEND ? 2 : 1;
        return token(kind, text(start, at));
    }

    /** The index of the quote that closes a string, or -1 when its line ends first. */
    private int closingQuote(int start) {
        int quote = byteAt(start);
        for (int i = start + 1; i < content.length && byteAt(i) != '\n'; i++) {
            if (byteAt(i) == quote) {
                return i;
            }
            if (byteAt(i) == '\\') {
                i++;
                if (i == content.length || byteAt(i) == '\n') {
                    return -1;
                }
            }
        }
        return -1;
    }

    private Token string(int start, int close) throws XlSyntaxException {
        String raw = text(start + 1, close);
        at = close + 1;
        if (raw.indexOf('\0') >= 0) {
            throw error(text(start, at), "a NUL byte in a quoted string: xl aborts on it");
        }
        try {
            return token(Token.Kind.STRING, raw.indexOf('\\') < 0 ? raw : Escapes.resolve(raw));
        } catch (Escapes.BadEscape bad) {
            throw error(text(start, at), bad.what());
        }
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < content.length && byteAt(end) != '\n') {
            end++;
        }
        return end;
    }

    /** Refuses what begins here; only as the very last byte of the file such a byte is dropped, as xl does. */
    private void illegal(int start) throws XlSyntaxException {
        if (start == content.length - 1) {
            at++;
            return;
        }
        int end = start + 1;
        while (end < content.length && " \t\n".indexOf(byteAt(end)) < 0) {
            end++;
        }
        throw error(text(start, end), "lexical error" + Advice.onIllegal(content, start));
    }

    private XlSyntaxException error(String text, String what) {
        return new XlSyntaxException(fileName, line, text, what);
    }

    /** How often a byte was looked at or copied so far; at most {@link #MOST_LOOKS} times the length. */
    long looks() {
        return looks;
    }

    private int byteAt(int index) {
        looks++;
        return content[index] & 0xff;
    }

    private String text(int start, int end) {
        looks += end - start;
        return new String(content, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
