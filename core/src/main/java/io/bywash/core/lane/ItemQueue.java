package io.bywash.core.lane;

import org.jspecify.annotations.Nullable;

/** Items one behind the other. Belongs to the turn of their {@link Sequencer}. */
final class ItemQueue {
    private @Nullable Item head;
    private @Nullable Item tail;

    void add(Item item) {
        item.next = null;
        if (tail == null) {
            head = item;
        } else {
            tail.next = item;
        }
        tail = item;
    }

    @Nullable
    Item poll() {
        Item item = head;
        if (item != null) {
            head = item.next;
            item.next = null;
            if (head == null) {
                tail = null;
            }
        }
        return item;
    }

    boolean isEmpty() {
        return head == null;
    }
}
