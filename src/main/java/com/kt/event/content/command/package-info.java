/** The commands of the executable: the service itself, {@code check} and {@code health}. */
package com.kt.event.content.command;
