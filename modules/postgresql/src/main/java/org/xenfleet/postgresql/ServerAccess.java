package org.xenfleet.postgresql;

import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.xenfleet.fleet.store.JdbcUrl;
import org.xenfleet.fleet.store.StoreLocation;
import org.xenfleet.fleet.store.StoreRefused;

/**
 * How the driver gets to the server. The password is in the URL, in a file, in PGPASSWORD, or where the driver itself looks for it:
 * PGPASSFILE, or .pgpass in the user's home. The first of these counts. It is handed over apart from the URL, so that nothing
 * that shows the URL shows it.
 */
final class ServerAccess {
    private static final int CONNECT_SECONDS = 5;
    private static final int LOGIN_SECONDS = 10;
    /** Longer than {@link JdbcRunStore} lets a statement take, so that a server that lives answers first. */
    private static final int SOCKET_SECONDS = 30;

    /** Kept, because a level is forgotten with its logger. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private ServerAccess() {}

    /** @param environment of the process */
    static PGSimpleDataSource to(StoreLocation where, Map<String, String> environment) throws StoreRefused {
        // What the driver warns of on standard error comes as an exception too.
        DRIVER.setLevel(Level.SEVERE);
        JdbcUrl url = where.url();
        for (JdbcUrl.Parameter parameter : url.parameters()) {
            if (PGProperty.forName(parameter.name()) == null) {
                throw new StoreRefused("The URL " + where
                        + " has a parameter that the driver of PostgreSQL does not know: " + parameter.name() + ".");
            }
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(url.without("password").text());
        } catch (IllegalArgumentException e) {
            // The driver's message has the whole URL, whatever is in it.
            throw new StoreRefused("The driver of PostgreSQL cannot read the URL " + where
                    + "; it has the form jdbc:postgresql://HOST:PORT/DATABASE?user=NAME.");
        }
        where.password()
                .or(() -> Optional.ofNullable(environment.get("PGPASSWORD")))
                .ifPresent(source::setPassword);
        if (!isSet(url, PGProperty.APPLICATION_NAME)) {
            source.setApplicationName("xenfleet");
        }
        if (!isSet(url, PGProperty.CONNECT_TIMEOUT)) {
            source.setConnectTimeout(CONNECT_SECONDS);
        }
        if (!isSet(url, PGProperty.LOGIN_TIMEOUT)) {
            source.setLoginTimeout(LOGIN_SECONDS);
        }
        if (!isSet(url, PGProperty.SOCKET_TIMEOUT)) {
            source.setSocketTimeout(SOCKET_SECONDS);
        }
        source.setTcpKeepAlive(true);
        return source;
    }

    private static boolean isSet(JdbcUrl url, PGProperty property) {
        return url.value(property.getName()).isPresent();
    }
}
