/** The checker, which reads Redis and reports states that must never occur. It changes nothing. */
package com.kt.event.content.check;
