package io.bywash.examples.orders;

/**
 * An order as it travels.
 *
 * @param id names the order; the key of its record
 * @param customer who ordered
 * @param quantity how many; at least 1
 * @param cents the price of all, in cents; not negative
 */
public record Order(String id, String customer, int quantity, long cents) {

    /** Checks what the database could not. */
    public Order {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id is missing");
        }
        if (customer == null || customer.isBlank()) {
            throw new IllegalArgumentException("customer of order " + id + " is missing");
        }
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "quantity of order " + id + " is " + quantity + ", but must be at least 1");
        }
        if (cents < 0) {
            throw new IllegalArgumentException("cents of order " + id + " is " + cents + ", but must not be negative");
        }
    }
}
