package org.xenfleet.fleet.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A JDBC URL taken apart. Immutable. {@link #toString} shows no secret.
 *
 * @param base what stands before the question mark
 * @param parameters in their order, still encoded
 */
public record JdbcUrl(String base, List<Parameter> parameters) {
    private static final String HIDDEN = "***";

    public JdbcUrl {
        parameters = List.copyOf(parameters);
    }

    /** One {@code name=value}; a name alone has an empty value. */
    public record Parameter(String name, String value) {
        /** Whether the value is nobody's business, as of {@code password} and {@code sslpassword}. */
        boolean isSecret() {
            return name.toLowerCase(Locale.ROOT).contains("password");
        }

        @Override
        public String toString() {
            return name + "=" + (isSecret() ? HIDDEN : value);
        }
    }

    public static JdbcUrl of(String text) {
        int question = text.indexOf('?');
        if (question < 0) {
            return new JdbcUrl(text, List.of());
        }
        List<Parameter> parameters = Arrays.stream(text.substring(question + 1).split("&"))
                .filter(part -> !part.isEmpty())
                .map(JdbcUrl::parameter)
                .toList();
        return new JdbcUrl(text.substring(0, question), parameters);
    }

    /** The decoded value of the last parameter of that name, which is the one that counts. */
    public Optional<String> value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .reduce((first, second) -> second)
                .map(parameter -> URLDecoder.decode(parameter.value(), StandardCharsets.UTF_8));
    }

    public JdbcUrl without(String name) {
        return having(parameter -> !parameter.name().equals(name));
    }

    /** The URL without any password. */
    public JdbcUrl withoutSecrets() {
        return having(parameter -> !parameter.isSecret());
    }

    private JdbcUrl having(Predicate<Parameter> wanted) {
        return new JdbcUrl(base, parameters.stream().filter(wanted).toList());
    }

    /** The URL as a driver wants it, secrets and all. */
    public String text() {
        return join(parameters.stream()
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .toList());
    }

    /** The URL for people: without secrets, also where somebody wrote {@code //user:secret@host}. */
    @Override
    public String toString() {
        String shown = base.replaceFirst("//([^:@]*):.*@", "//$1:" + HIDDEN + "@");
        return new JdbcUrl(shown, List.of())
                .join(parameters.stream().map(Parameter::toString).toList());
    }

    private String join(List<String> rest) {
        return rest.isEmpty() ? base : base + rest.stream().collect(Collectors.joining("&", "?", ""));
    }

    private static Parameter parameter(String part) {
        int equals = part.indexOf('=');
        return equals < 0
                ? new Parameter(part, "")
                : new Parameter(part.substring(0, equals), part.substring(equals + 1));
    }
}
