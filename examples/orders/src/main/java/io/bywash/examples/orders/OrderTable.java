package io.bywash.examples.orders;

import com.google.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The table of orders. Its SQL is what every database understands. May be used by several threads. */
class OrderTable {
    private final DataSource database;

    @Inject
    OrderTable(DataSource database) {
        this.database = database;
    }

    void create() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS orders (id VARCHAR(200) PRIMARY KEY,"
                    + " customer VARCHAR(200) NOT NULL, quantity INTEGER NOT NULL, cents BIGINT NOT NULL)");
        }
    }

    void save(Order order) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (update(connection, order) > 0) {
                return;
            }
            try {
                insert(connection, order);
            } catch (SQLIntegrityConstraintViolationException raced) {
                // Another instance wrote the row in between, for a partition that was ours a moment ago.
                update(connection, order);
            }
        }
    }

    void delete(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("DELETE FROM orders WHERE id = ?")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }

    private static int update(Connection connection, Order order) throws SQLException {
        return write(connection, "UPDATE orders SET customer = ?, quantity = ?, cents = ? WHERE id = ?", order);
    }

    private static void insert(Connection connection, Order order) throws SQLException {
        write(connection, "INSERT INTO orders (customer, quantity, cents, id) VALUES (?, ?, ?, ?)", order);
    }

    private static int write(Connection connection, String sql, Order order) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, order.customer());
            statement.setInt(2, order.quantity());
            statement.setLong(3, order.cents());
            statement.setString(4, order.id());
            return statement.executeUpdate();
        }
    }
}
