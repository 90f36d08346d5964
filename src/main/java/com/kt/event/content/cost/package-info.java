/** What images cost, by the prices that are configured. */
package com.kt.event.content.cost;
