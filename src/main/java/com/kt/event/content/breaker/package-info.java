/** The circuit breaker of the image API, which all instances share through Redis. */
package com.kt.event.content.breaker;
