/** Text for the log: one line per event, without secrets, and not more often than useful. */
package com.kt.event.content.log;
