/** Which sizes, qualities and formats the known image models take. */
package com.kt.event.content.provider.model;
