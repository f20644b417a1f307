package io.bywash.console.http;

import io.bywash.console.settings.Role;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * Something that can be asked for.
 *
 * @param method the HTTP method
 * @param path the path, with names of parameters in braces
 * @param role what one must be allowed to
 * @param handler answers
 */
public record Route(HandlerType method, String path, Role role, Handler handler) {

    /**
     * Describes something to look at.
     *
     * @param path the path
     * @param handler answers
     * @return the route
     */
    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, Role.READ, handler);
    }

    /**
     * Describes something to do.
     *
     * @param path the path
     * @param handler does it
     * @return the route
     */
    public static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, Role.OPERATE, handler);
    }
}
