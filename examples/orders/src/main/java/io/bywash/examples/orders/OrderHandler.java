package io.bywash.examples.orders;

import com.google.inject.Inject;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.TopicHandler;
import java.sql.SQLException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the newest state of every order in a database. The offset is committed only after the row is: this method returns only
 * then. A record that comes again writes the same row again.
 *
 * <p>What can never be an order is refused for good; a database that does not answer is tried again.
 */
@Handles(name = "order-handler", topics = "orders")
public final class OrderHandler implements TopicHandler<String, byte[]> {
    private final ObjectMapper json = JsonMapper.builder().build();

    @Inject
    private OrderTable table;

    @Override
    public void open() throws SQLException {
        table.create();
    }

    @Override
    public void handle(ConsumerRecord<String, byte[]> record, HandlerContext context) throws SQLException {
        if (record.value() == null) {
            table.delete(key(record));
        } else {
            table.save(read(record));
        }
    }

    private Order read(ConsumerRecord<String, byte[]> record) {
        try {
            return json.readValue(record.value(), Order.class);
        } catch (JacksonException e) {
            throw new NonRetriableException("the value is not an order: " + e.getOriginalMessage(), e);
        }
    }

    private static String key(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            throw new NonRetriableException("a deletion needs the order's id as its key");
        }
        return record.key();
    }
}
