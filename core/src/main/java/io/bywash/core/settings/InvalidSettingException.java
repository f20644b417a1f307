package io.bywash.core.settings;

/** A setting has a value that cannot work. The message is the setting's name followed by the reason. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String setting;
    private final String reason;

    /**
     * Creates the exception.
     *
     * @param setting the name of the setting, as configuration files spell it
     * @param reason its value, why that cannot work and what can; a clause that follows the name
     */
    public InvalidSettingException(String setting, String reason) {
        super(setting + " " + reason);
        this.setting = setting;
        this.reason = reason;
    }

    /**
     * Returns which setting it is, so that whoever read it from a file can point to the line.
     *
     * @return the name of the setting
     */
    public String setting() {
        return setting;
    }

    /**
     * Returns what is wrong with it.
     *
     * @return a clause that follows the name
     */
    public String reason() {
        return reason;
    }
}
