//! A bot for the tests of this room.

use serde_json::json;
use teloxide::types::Me;

/// What Telegram says of it.
pub fn me() -> Me {
    let me = json!({
        "id": 1, "is_bot": true, "first_name": "B", "username": "thu_bot",
        "can_join_groups": true, "can_read_all_group_messages": false,
        "supports_inline_queries": true, "can_connect_to_business": false,
        "has_main_web_app": false,
    });
    serde_json::from_value(me).unwrap()
}
