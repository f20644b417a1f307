/** New handler projects. */
package io.bywash.tools.project;
