package io.bywash.examples.orders;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** Gives the handler its database: an H2 file, or whatever {@code orders.jdbc} of the configuration names. */
public final class OrdersModule extends AbstractModule {

    @Provides
    @Singleton
    static DataSource database(Config application) {
        Config defaults = ConfigFactory.parseResources(OrdersModule.class.getClassLoader(), "orders.conf");
        Config jdbc = application.withFallback(defaults).resolve().getConfig("orders.jdbc");
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("orders");
        pool.setJdbcUrl(jdbc.getString("url"));
        pool.setUsername(jdbc.getString("user"));
        pool.setPassword(jdbc.getString("password"));
        pool.setMaximumPoolSize(jdbc.getInt("connections"));
        return new HikariDataSource(pool);
    }
}
